package shed

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func gate(t *testing.T, o Options) *Gate {
	t.Helper()
	g, err := New(o)
	require.NoError(t, err)
	return g
}

func TestAGateLetsInAsManyAsThereArePlaces(t *testing.T) {
	g := gate(t, Options{AtOnce: 2})
	require.True(t, g.Enter(t.Context()))
	require.True(t, g.Enter(t.Context()))
	require.False(t, g.Enter(t.Context()), "and nobody waits")
	g.Leave()
	require.True(t, g.Enter(t.Context()))
}

func TestWhoWaitsComesInWhenSomebodyLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gate(t, Options{AtOnce: 1, Waiting: 1, Patience: time.Second})
		require.True(t, g.Enter(t.Context()))
		entered := make(chan bool, 1)
		go func() { entered <- g.Enter(t.Context()) }()
		synctest.Wait()
		require.False(t, g.Enter(t.Context()), "there is no room to wait")
		g.Leave()
		require.True(t, <-entered)
	})
}

func TestWhoWaitsIsTurnedAwayWhenPatienceOrCallerEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gate(t, Options{AtOnce: 1, Waiting: 1, Patience: time.Second})
		require.True(t, g.Enter(t.Context()))
		began := time.Now()
		require.False(t, g.Enter(t.Context()))
		require.Equal(t, time.Second, time.Since(began))
		ctx, leave := context.WithCancel(t.Context())
		leave()
		require.False(t, g.Enter(ctx))
		g.Leave()
		require.True(t, g.Enter(t.Context()), "who was turned away left nothing behind")
	})
}
