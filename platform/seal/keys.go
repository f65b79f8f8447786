package seal

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// KeySize is the length of a person's key in bytes: AES-256.
const KeySize = 32

// Keys holds one key a person, ready for use. A KMS fits behind it as well as a bucket does. The ciphers that it returns make
// their own nonces: their NonceSize is 0.
type Keys interface {
	// Key returns the person's cipher and makes a key where there is none. A destroyed key is ErrErased.
	Key(ctx context.Context, personID string) (cipher.AEAD, error)
	// Lookup returns the person's cipher, or false where there is no key or it was destroyed.
	Lookup(ctx context.Context, personID string) (cipher.AEAD, bool, error)
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
// bounds how long another process may still open what was erased. What is remembered is the cipher: to set it up costs more
// than to seal a line of text.
type bucket struct {
	kv    jetstream.KeyValue
	cache *expirable.LRU[string, cipher.AEAD]
	// erasures counts what Destroy did here, so that who read a key before does not remember it after.
	erasures atomic.Uint64
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
	return &bucket{kv: kv, cache: expirable.NewLRU[string, cipher.AEAD](cacheSize, nil, cacheFor)}, nil
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

func (b *bucket) Key(ctx context.Context, personID string) (cipher.AEAD, error) {
	for {
		since := b.erasures.Load()
		known, ok, err := b.read(ctx, personID)
		if err != nil || ok {
			return known, err
		}
		key, fresh, err := newKey()
		if err != nil {
			return nil, err
		}
		switch _, err := b.kv.Create(ctx, personID, key); {
		case err == nil:
			b.remember(personID, fresh, since)
			return fresh, nil
		case !errors.Is(err, jetstream.ErrKeyExists):
			return nil, fmt.Errorf("new key: %w", err)
		}
	}
}

func (b *bucket) Lookup(ctx context.Context, personID string) (cipher.AEAD, bool, error) {
	known, ok, err := b.read(ctx, personID)
	if errors.Is(err, ErrErased) {
		return nil, false, nil
	}
	return known, ok, err
}

func (b *bucket) read(ctx context.Context, personID string) (cipher.AEAD, bool, error) {
	if known, ok := b.cache.Get(personID); ok {
		return known, true, nil
	}
	since := b.erasures.Load()
	entry, err := b.kv.Get(ctx, personID)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("key: %w", err)
	case len(entry.Value()) != KeySize:
		return nil, false, ErrErased
	}
	found, err := aead(entry.Value())
	if err != nil {
		return nil, false, fmt.Errorf("key: %w", err)
	}
	b.remember(personID, found, since)
	return found, true, nil
}

func (b *bucket) remember(personID string, key cipher.AEAD, since uint64) {
	b.cache.Add(personID, key)
	if b.erasures.Load() != since {
		b.cache.Remove(personID)
	}
}

func (b *bucket) Destroy(ctx context.Context, personID string) error {
	// Put with a history of one removes the old value from the stream; the marker keeps the person erased.
	if _, err := b.kv.Put(ctx, personID, erased); err != nil {
		return fmt.Errorf("destroy key: %w", err)
	}
	b.erasures.Add(1)
	b.cache.Remove(personID)
	return nil
}

func newKey() (key []byte, ready cipher.AEAD, err error) {
	key = make([]byte, KeySize)
	if _, err := rand.Read(key); err != nil {
		return nil, nil, err
	}
	ready, err = aead(key)
	return key, ready, err
}

func aead(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
