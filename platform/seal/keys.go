package seal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// KeySize is the length of a person's key in bytes: AES-256.
const KeySize = 32

// Keys holds one key a person. A KMS fits behind it as well as a bucket does.
type Keys interface {
	// Key returns the person's key and makes one where there is none. A destroyed key is ErrErased.
	Key(ctx context.Context, personID string) ([]byte, error)
	// Lookup returns the person's key, or false where there is none or it was destroyed.
	Lookup(ctx context.Context, personID string) ([]byte, bool, error)
	// Destroy makes the key unrecoverable. It is idempotent.
	Destroy(ctx context.Context, personID string) error
}

// ErrErased is returned for a person whose key was destroyed: nothing can be sealed for them any more.
var ErrErased = errors.New("this person was erased")

// Bucket is the name of the key-value bucket.
const Bucket = "KEYS"

// erased stands where a destroyed key stood, so that no new one is made for the same person.
var erased = []byte("erased")

// bucket keeps keys in a JetStream key-value bucket with a history of one. Known keys are remembered for a minute, which
// bounds how long another process may still open what was erased.
type bucket struct {
	kv    jetstream.KeyValue
	cache *expirable.LRU[string, []byte]
}

// NewKeys opens the bucket, and makes it with so many replicas where there is none; one that is there keeps its own.
func NewKeys(ctx context.Context, nc *nats.Conn, replicas int) (Keys, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	kv, err := openBucket(ctx, js, replicas)
	if err != nil {
		return nil, fmt.Errorf("key bucket: %w", err)
	}
	return &bucket{kv: kv, cache: expirable.NewLRU[string, []byte](cacheSize, nil, cacheFor)}, nil
}

func openBucket(ctx context.Context, js jetstream.JetStream, replicas int) (jetstream.KeyValue, error) {
	for {
		kv, err := js.KeyValue(ctx, Bucket)
		if err == nil {
			return kv, forgetful(ctx, kv)
		}
		if !errors.Is(err, jetstream.ErrBucketNotFound) {
			return nil, err
		}
		kv, err = js.CreateKeyValue(ctx, jetstream.KeyValueConfig{
			Bucket: Bucket, Description: "One sealing key a person.", History: 1, Replicas: max(1, replicas),
		})
		// Another process may have made it meanwhile, with replicas of its own.
		if !errors.Is(err, jetstream.ErrBucketExists) {
			return kv, err
		}
	}
}

// forgetful refuses a bucket in which a destroyed key would stay.
func forgetful(ctx context.Context, kv jetstream.KeyValue) error {
	status, err := kv.Status(ctx)
	if err != nil {
		return err
	}
	if status.History() != 1 {
		return fmt.Errorf("%s has a history of %d: what is erased would stay in it", Bucket, status.History())
	}
	return nil
}

func (b *bucket) Key(ctx context.Context, personID string) ([]byte, error) {
	for {
		key, ok, err := b.read(ctx, personID)
		if err != nil || ok {
			return key, err
		}
		fresh := make([]byte, KeySize)
		if _, err := rand.Read(fresh); err != nil {
			return nil, err
		}
		switch _, err := b.kv.Create(ctx, personID, fresh); {
		case err == nil:
			b.cache.Add(personID, fresh)
			return fresh, nil
		case !errors.Is(err, jetstream.ErrKeyExists):
			return nil, fmt.Errorf("new key: %w", err)
		}
	}
}

func (b *bucket) Lookup(ctx context.Context, personID string) ([]byte, bool, error) {
	key, ok, err := b.read(ctx, personID)
	if errors.Is(err, ErrErased) {
		return nil, false, nil
	}
	return key, ok, err
}

func (b *bucket) read(ctx context.Context, personID string) ([]byte, bool, error) {
	if key, ok := b.cache.Get(personID); ok {
		return key, true, nil
	}
	entry, err := b.kv.Get(ctx, personID)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("key: %w", err)
	case len(entry.Value()) != KeySize:
		return nil, false, ErrErased
	}
	b.cache.Add(personID, entry.Value())
	return entry.Value(), true, nil
}

func (b *bucket) Destroy(ctx context.Context, personID string) error {
	// Put with a history of one removes the old value from the stream; the marker keeps the person erased.
	if _, err := b.kv.Put(ctx, personID, erased); err != nil {
		return fmt.Errorf("destroy key: %w", err)
	}
	b.cache.Remove(personID)
	return nil
}

// Memory returns keys that live as long as the process.
func Memory() Keys { return &memory{keys: map[string][]byte{}} }

type memory struct {
	mu   sync.Mutex
	keys map[string][]byte
}

func (m *memory) Key(_ context.Context, personID string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key, ok := m.keys[personID]
	switch {
	case ok && key == nil:
		return nil, ErrErased
	case ok:
		return key, nil
	}
	key = make([]byte, KeySize)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	m.keys[personID] = key
	return key, nil
}

func (m *memory) Lookup(_ context.Context, personID string) ([]byte, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := m.keys[personID]
	return key, key != nil, nil
}

func (m *memory) Destroy(_ context.Context, personID string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keys[personID] = nil
	return nil
}
