package seal

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/hashicorp/golang-lru/v2/expirable"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/hub/leader"
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

// maskSuffix names the record that a person's own record is masked with: the key is both, each bit of one flipped by the other.
// The server notes a deletion before it overwrites, so who is killed between the two leaves the record on the disk, where
// nothing can reach it any more. One of two records is then still there to be overwritten.
const maskSuffix = ".mask"

// made tells a bucket with masks from one without.
const made = "tiffin-masked"

// bucketStream is the stream that a bucket of that name is made of.
const bucketStream = "KV_" + Bucket

// erased stands where a destroyed key stood, so that no new one is made for the same person.
var erased = []byte("erased")

// bucket keeps keys in a JetStream key-value bucket with a history of one. Known keys are remembered for a while, which
// bounds how long another process may still open what was erased. What is remembered is the cipher: to set it up costs more
// than to seal a line of text.
type bucket struct {
	nc     *nats.Conn
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
	return b.start(ctx)
}

// ExistingKeys opens the bucket for who only looks: where there is none, it fails.
func ExistingKeys(ctx context.Context, nc *nats.Conn) (Keys, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	stream, err := js.Stream(ctx, bucketStream)
	if err != nil {
		return nil, fmt.Errorf("key bucket: %w", err)
	}
	b, err := bucketIn(ctx, js, stream)
	if err != nil {
		return nil, fmt.Errorf("key bucket: %w", err)
	}
	return b.start(ctx)
}

// start has the bucket hear of erasures.
func (b *bucket) start(ctx context.Context) (Keys, error) {
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
			return bucketIn(ctx, js, stream)
		}
		if !errors.Is(err, jetstream.ErrStreamNotFound) {
			return nil, err
		}
		// As CreateKeyValue would, but for the leave to delete: only a deleted message can be overwritten on the disk.
		_, err = js.CreateStream(ctx, jetstream.StreamConfig{
			Name: bucketStream, Description: "One sealing key a person.", Subjects: []string{"$KV." + Bucket + ".>"},
			MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew, AllowRollup: true, AllowDirect: true, Replicas: max(1, replicas),
			Metadata: map[string]string{made: "true"},
		})
		// Another process may have made it meanwhile, with replicas of its own.
		if err != nil && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return nil, err
		}
	}
}

func bucketIn(ctx context.Context, js jetstream.JetStream, stream jetstream.Stream) (*bucket, error) {
	kv, err := js.KeyValue(ctx, Bucket)
	return &bucket{nc: js.Conn(), kv: kv, stream: stream}, errors.Join(err, forgetful(stream.CachedInfo().Config))
}

// forgetful refuses a bucket in which a destroyed key would stay.
func forgetful(c jetstream.StreamConfig) error {
	switch {
	case c.MaxMsgsPerSubject != 1:
		return fmt.Errorf("%s has a history of %d: what is erased would stay in it", Bucket, c.MaxMsgsPerSubject)
	case c.DenyDelete:
		return fmt.Errorf("%s does not let keys be deleted: what is erased would stay on the disk", Bucket)
	case c.Metadata[made] == "":
		return fmt.Errorf("%s was made by another version: its keys have no masks", Bucket)
	}
	return nil
}

func (b *bucket) Key(ctx context.Context, personID string) (cipher.AEAD, error) {
	for {
		known, ok, err := b.read(ctx, personID)
		if err != nil || ok {
			return known, err
		}
		// Whoever comes first makes a record; all read both. Records that are there are complete from the person's own one on.
		for _, name := range []string{personID + maskSuffix, personID} {
			if _, err := b.kv.Create(ctx, name, random()); err != nil && !errors.Is(err, jetstream.ErrKeyExists) {
				return nil, fmt.Errorf("new key: %w", err)
			}
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
	key, err := b.stored(ctx, personID)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("key: %w", err)
	}
	found, err := aead(key)
	if err != nil {
		return nil, false, fmt.Errorf("key: %w", err)
	}
	b.remember(personID, found, since)
	return found, true, nil
}

// stored puts the key together. Where there is no mask, the key was destroyed since its own record was read; if that is there
// still, something else is wrong.
func (b *bucket) stored(ctx context.Context, personID string) ([]byte, error) {
	own, err := b.own(ctx, personID)
	if err != nil {
		return nil, err
	}
	mask, err := b.get(ctx, personID+maskSuffix)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		if _, err = b.own(ctx, personID); err == nil {
			return nil, errors.New("its mask is missing")
		}
	}
	if err != nil {
		return nil, err
	}
	key := make([]byte, KeySize)
	subtle.XORBytes(key, own, mask)
	return key, nil
}

func (b *bucket) own(ctx context.Context, personID string) ([]byte, error) {
	own, err := b.get(ctx, personID)
	switch {
	case err != nil:
		return nil, err
	case len(own) != KeySize:
		return nil, ErrErased
	}
	return own, nil
}

// get returns a record. Whichever server of the hub is asked may lag behind, and each of a person's two records may be asked for
// at another: that there is none is the leader's to say.
func (b *bucket) get(ctx context.Context, name string) ([]byte, error) {
	entry, err := b.kv.Get(ctx, name)
	if err == nil {
		return entry.Value(), nil
	}
	if !errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, err
	}
	m, err := leader.Get(ctx, b.nc, bucketStream, leader.Request{LastBySubject: "$KV." + Bucket + "." + name})
	if err != nil {
		return nil, err
	}
	header, err := m.Headers()
	if err != nil {
		return nil, err
	}
	if m.Sequence == 0 || header.Get(deletion) != "" {
		return nil, jetstream.ErrKeyNotFound
	}
	return m.Data, nil
}

// deletion is the header of a message that stands for a key that was deleted.
const deletion = "KV-Operation"

func (b *bucket) remember(personID string, key cipher.AEAD, since uint64) {
	b.cache.Add(personID, key)
	if b.erasures.Load() != since {
		b.cache.Remove(personID)
	}
}

// Destroy overwrites both records on the disk, and leaves a marker, so that the person stays erased. Between the two others
// may make a new record, which then goes the same way.
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

// destroyOnce takes one step of it. A replica may show a record that is gone already.
func (b *bucket) destroyOnce(ctx context.Context, personID string) (gone bool, err error) {
	entry, err := b.kv.Get(ctx, personID)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		_, err = b.kv.Create(ctx, personID, erased)
		return false, err
	case err != nil:
		return false, err
	case len(entry.Value()) == KeySize:
		return false, b.stream.SecureDeleteMsg(ctx, entry.Revision())
	}
	// The mask goes last: without it nobody could tell a person's own record from one that is to be made.
	mask, err := b.kv.Get(ctx, personID+maskSuffix)
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return true, nil
	case err != nil:
		return false, err
	}
	return false, b.stream.SecureDeleteMsg(ctx, mask.Revision())
}

func (b *bucket) forget(personID string) {
	b.erasures.Add(1)
	b.cache.Remove(personID)
	b.call()
}

// random returns bytes for a key. The standard library's source never fails.
func random() []byte {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key)
	return key
}

func aead(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
