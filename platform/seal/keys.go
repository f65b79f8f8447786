package seal

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

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
	// Destroy makes the key unrecoverable. It is idempotent, and to be repeated when it failed.
	Destroy(ctx context.Context, personID string) error
	// OnErasure has forget called soon after any key was destroyed, whichever process did it. What is called must not wait.
	OnErasure(forget func())
}

// Remembered is how long a process may go on with a key that another has destroyed, if it doesn't hear of it.
const Remembered = 5 * time.Second

// ErrErased is returned for a person whose key was destroyed: nothing can be sealed for them any more.
var ErrErased = errors.New("this person was erased")

// Bucket is the name of the key-value bucket.
const Bucket = "KEYS"

// attempts at an erasure while others make keys, or a replica lags behind.
const attempts = 10

// bucketStream is the stream that a bucket of that name is made of.
const bucketStream = "KV_" + Bucket

// erased stands where a destroyed key stood, so that no new one is made for the same person.
var erased = []byte("erased")

// bucket keeps keys in a JetStream key-value bucket with a history of one. Known keys are remembered for a while, which
// bounds how long another process may still open what was erased. What is remembered is the cipher: to set it up costs more
// than to seal a line of text.
type bucket struct {
	kv     jetstream.KeyValue
	stream jetstream.Stream
	cache  *expirable.LRU[string, cipher.AEAD]
	// erasures counts what was destroyed, so that who read a key before does not remember it after.
	erasures atomic.Uint64
	hooks
}

// NewKeys opens the bucket, and makes it with so many replicas where there is none; one that is there keeps its own. It hears
// of erasures until the connection is closed.
func NewKeys(ctx context.Context, nc *nats.Conn, replicas int) (Keys, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	b, err := openBucket(ctx, js, replicas)
	if err != nil {
		return nil, fmt.Errorf("key bucket: %w", err)
	}
	b.cache = expirable.NewLRU[string, cipher.AEAD](cacheSize, nil, Remembered)
	// The watch outlives the context that opening is bounded by.
	watching, stop := context.WithCancel(context.WithoutCancel(ctx))
	heard, err := b.kv.WatchAll(watching, jetstream.UpdatesOnly())
	if err != nil {
		stop()
		return nil, fmt.Errorf("key bucket: %w", err)
	}
	go func() {
		defer stop()
		b.listen(heard)
	}()
	return b, nil
}

// listen forgets the keys that others destroy, until the connection ends.
func (b *bucket) listen(heard jetstream.KeyWatcher) {
	for entry := range heard.Updates() {
		if entry != nil && len(entry.Value()) != KeySize {
			b.forget(entry.Key())
		}
	}
}

func openBucket(ctx context.Context, js jetstream.JetStream, replicas int) (*bucket, error) {
	for {
		stream, err := js.Stream(ctx, bucketStream)
		if err == nil {
			kv, err := js.KeyValue(ctx, Bucket)
			return &bucket{kv: kv, stream: stream}, errors.Join(err, forgetful(stream.CachedInfo().Config))
		}
		if !errors.Is(err, jetstream.ErrStreamNotFound) {
			return nil, err
		}
		// As CreateKeyValue would, but for the leave to delete: only a deleted message can be overwritten on the disk.
		_, err = js.CreateStream(ctx, jetstream.StreamConfig{
			Name: bucketStream, Description: "One sealing key a person.", Subjects: []string{"$KV." + Bucket + ".>"},
			MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew, AllowRollup: true, AllowDirect: true, Replicas: max(1, replicas),
		})
		// Another process may have made it meanwhile, with replicas of its own.
		if err != nil && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return nil, err
		}
	}
}

// forgetful refuses a bucket in which a destroyed key would stay.
func forgetful(c jetstream.StreamConfig) error {
	switch {
	case c.MaxMsgsPerSubject != 1:
		return fmt.Errorf("%s has a history of %d: what is erased would stay in it", Bucket, c.MaxMsgsPerSubject)
	case c.DenyDelete:
		return fmt.Errorf("%s does not let keys be deleted: what is erased would stay on the disk", Bucket)
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

// Destroy overwrites the key on the disk, and leaves a marker, so that the person stays erased. Between the two others may
// make a new key, which then goes the same way.
func (b *bucket) Destroy(ctx context.Context, personID string) error {
	var last error
	for range attempts {
		gone, err := b.destroyOnce(ctx, personID)
		switch {
		case gone:
			b.forget(personID)
			return nil
		case err != nil && !errors.Is(err, jetstream.ErrKeyExists) && !errors.Is(err, jetstream.ErrMsgDeleteUnsuccessful):
			return fmt.Errorf("destroy key: %w", err)
		}
		last = err
	}
	return fmt.Errorf("destroy key: %w", last)
}

// destroyOnce overwrites the key, or marks that there is none. A replica may show a key that is gone already.
func (b *bucket) destroyOnce(ctx context.Context, personID string) (gone bool, err error) {
	entry, err := b.kv.Get(ctx, personID)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		_, err = b.kv.Create(ctx, personID, erased)
		return err == nil, err
	case err != nil:
		return false, err
	case len(entry.Value()) != KeySize:
		return true, nil
	}
	return false, b.stream.SecureDeleteMsg(ctx, entry.Revision())
}

func (b *bucket) forget(personID string) {
	b.erasures.Add(1)
	b.cache.Remove(personID)
	b.call()
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
