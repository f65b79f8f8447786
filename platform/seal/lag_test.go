package seal

import (
	"context"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/hub/hubtest"
)

// lagging is a server of the hub that has not heard of a record yet.
type lagging struct {
	jetstream.KeyValue
	unheard string
}

func (l lagging) Get(ctx context.Context, key string) (jetstream.KeyValueEntry, error) {
	if key == l.unheard {
		return nil, jetstream.ErrKeyNotFound
	}
	return l.KeyValue.Get(ctx, key)
}

func TestAKeyIsFoundThoughAServerLagsBehind(t *testing.T) {
	person := ulid.Make().String()
	for _, unheard := range []string{person, person + maskSuffix} {
		keys, err := NewKeys(t.Context(), hubtest.Connect(t), 1)
		require.NoError(t, err)
		_, err = keys.Key(t.Context(), person)
		require.NoError(t, err)
		b := keys.(*bucket) //nolint:forcetypeassert // NewKeys makes nothing else
		b.cache.Purge()
		b.kv = lagging{b.kv, unheard}
		_, found, err := b.Lookup(t.Context(), person)
		require.NoError(t, err)
		require.True(t, found, unheard)
		_, found, err = b.Lookup(t.Context(), ulid.Make().String())
		require.NoError(t, err)
		require.False(t, found, "who has no key has none at the leader either")
	}
}
