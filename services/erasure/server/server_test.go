package server_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func alive() error { return nil }

// ends waits until the erasure has come to its end.
func (h *town) ends(t *testing.T, process string) {
	t.Helper()
	require.Eventually(t, func() bool { return h.ended(t, process) }, patience, 5*time.Millisecond)
}

func (h *town) ended(t *testing.T, process string) bool {
	return slices.ContainsFunc(h.told(t)[process], func(e told) bool { return e.what == "erasure.ErasureEnded" })
}

// requireForgotten holds the log and the keys against what an erasure promises.
func (h *town) requireForgotten(t *testing.T, customer, process string, orders ...string) {
	t.Helper()
	story := h.told(t)
	erased := only(t, story[customer], "customer.CustomerErased")
	require.Less(t, only(t, story[process], "erasure.KeyDestroyed"), erased)
	require.Less(t, only(t, story[process], "erasure.KeyForgotten"), erased)
	require.Greater(t, only(t, story[process], "erasure.ErasureEnded"), erased)
	for _, id := range orders {
		only(t, story[id], "ordering.OrderCancelled")
		require.Less(t, only(t, story[id], "fulfilment.FulfilmentEnded"), erased, "an order was open")
	}
	_, known, err := h.keys.Lookup(t.Context(), customer)
	require.NoError(t, err)
	require.False(t, known, "the key is there")
}

// Whoever carries the erasure is killed before its first step, before its second, and so on.
func TestAnErasureSurvivesBeingKilledBetweenAnyTwoSteps(t *testing.T) {
	h := newTown(t)
	stays := h.join(t)
	stayed := h.place(t, stays)
	killed := 0
	for n := int64(1); ; n++ {
		leaves := h.join(t)
		open := []string{h.place(t, leaves), h.place(t, leaves)}
		var taken atomic.Int64
		died, stop := h.start(t, func() error {
			if taken.Add(1) >= n {
				return errKilled
			}
			return nil
		})
		process := h.leave(t, leaves)
		if n%2 == 0 { // ordering had not heard of it
			open = append(open, h.place(t, leaves))
		}
		require.Eventually(t, func() bool {
			select {
			case <-died:
				return true
			default:
				return h.ended(t, process)
			}
		}, patience, 5*time.Millisecond)
		stop()
		if taken.Load() < n {
			h.requireForgotten(t, leaves, process, open...)
			break
		}
		killed++
		_, stop = h.start(t, alive) // waits until the lease of the dead has run out
		h.ends(t, process)
		stop()
		h.requireForgotten(t, leaves, process, open...)
	}
	t.Logf("killed at %d steps", killed)
	require.Greater(t, killed, 15)
	require.Len(t, h.told(t)[stayed], 1, "somebody else's order")
	_, known, err := h.keys.Lookup(t.Context(), stays)
	require.NoError(t, err)
	require.True(t, known, "somebody else's key")
}

func TestWhoHasNothingOpenIsForgottenAtOnce(t *testing.T) {
	h := newTown(t)
	_, stop := h.start(t, alive)
	leaves := h.join(t)
	process := h.leave(t, leaves)
	h.ends(t, process)
	stop()
	h.requireForgotten(t, leaves, process)
}
