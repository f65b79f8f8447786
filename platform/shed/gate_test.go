package shed

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
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

// On one processor each would keep it until the work is done, so that there is a place for the next, and nobody is turned away.
func TestWhoeverIsAtTheDoorIsLookedAtBeforeAnythingIsDone(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	const callers = 64
	g := gate(t, Options{AtOnce: 1})
	var came sync.WaitGroup
	var worked atomic.Int32
	for range callers {
		came.Go(func() {
			if g.Enter(t.Context()) {
				worked.Add(1)
				g.Leave()
			}
		})
	}
	came.Wait()
	// Not just one: once in a while the scheduler prefers those who have yielded.
	require.Less(t, worked.Load(), int32(callers/4))
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
