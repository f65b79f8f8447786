package process

import (
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"tiffin/platform/eventlog"
)

func TestAProcessCarriesOutWhatItRecorded(t *testing.T) {
	h := newTown(t)
	p, stop := h.start(t, nil)
	id := h.place(t)
	h.ends(t, id)
	require.True(t, p.Ready())
	h.whole(t, id)
	types, events := h.story(t, id)
	require.LessOrEqual(t, len(types), 4, "started, the refusal, awake, ended: acceptances are recorded with those: %v", types)
	require.Equal(t, "Main Street 1", events[0].GetFulfilmentStarted().GetOrder().GetDeliveryAddress().GetData().GetText())
	for _, e := range events {
		if r := e.GetStep().GetAnswer().GetRefused(); r != nil {
			require.Equal(t, "TICKET_NOT_OPEN", r.GetCode())
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for request, ids := range h.sent {
		require.Len(t, ids, 1, request)
		require.NotEmpty(t, ids[0], "%s came without a command id", request)
	}
	_ = stop()
}

// steps counts, and ends the instance at the step that it is told.
func killedAt(n int64) (taking func(string) error, taken *atomic.Int64) {
	taken = &atomic.Int64{}
	return func(string) error {
		if taken.Add(1) >= n && n > 0 {
			return errKilled
		}
		return nil
	}, taken
}

func TestAProcessSurvivesBeingKilledBetweenAnyTwoSteps(t *testing.T) {
	h := newTown(t)
	h.ttl = mortalTTL
	killed := 0
	for n := int64(1); ; n++ {
		taking, taken := killedAt(n)
		_, stop := h.start(t, taking)
		id := h.place(t)
		require.Eventually(t, func() bool {
			types, _ := h.story(t, id)
			return taken.Load() >= n || slices.Contains(types, "fulfilment.FulfilmentEnded")
		}, patience, time.Millisecond)
		died := taken.Load() >= n
		err := stop()
		if died {
			require.ErrorIs(t, err, errKilled)
			killed++
		}
		_, stop = h.start(t, nil) // the successor waits until the lease has run out
		h.ends(t, id)
		_ = stop()
		h.whole(t, id)
		if !died {
			break
		}
	}
	t.Logf("killed at %d steps", killed)
	require.Greater(t, killed, 10)
	h.mu.Lock()
	defer h.mu.Unlock()
	for request, ids := range h.sent {
		seen := slices.Clone(ids)
		slices.Sort(seen)
		require.Len(t, slices.Compact(seen), killed+1, "%s: a command was sent under two ids", request)
	}
}

func TestManyProcessesSurviveBeingKilledAgainAndAgain(t *testing.T) {
	h := newTown(t)
	h.ttl = mortalTTL
	var ids []string
	for range 12 {
		for range 3 {
			ids = append(ids, h.place(t))
		}
		taking, taken := killedAt(1 + rand.Int64N(25))
		_, stop := h.start(t, taking)
		var before int64
		require.Eventually(t, func() bool { // it dies, or has nothing left to do
			select {
			case <-h.ended:
				return true
			default:
			}
			now := taken.Load()
			idle := now > 0 && now == before && h.allEnded(t, ids)
			before = now
			return idle
		}, patience, mortalTTL)
		_ = stop()
	}
	_, stop := h.start(t, nil)
	h.ends(t, ids...)
	_ = stop()
	for _, id := range ids {
		h.whole(t, id)
	}
}

func TestWhatIsPersonalIsSealedInTheLog(t *testing.T) {
	h := newTown(t)
	_, stop := h.start(t, nil)
	id := h.place(t)
	h.ends(t, id)
	_ = stop()
	js, err := jetstream.New(h.nc)
	require.NoError(t, err)
	stream, err := js.Stream(t.Context(), eventlog.Stream)
	require.NoError(t, err)
	info, err := stream.Info(t.Context())
	require.NoError(t, err)
	for position := uint64(1); position <= info.State.LastSeq; position++ {
		m, err := stream.GetMsg(t.Context(), position)
		require.NoError(t, err)
		require.NotContains(t, string(m.Data), "Main Street")
	}
}

func TestRepeatingEverythingIsHarmless(t *testing.T) {
	h := newTown(t)
	_, stop := h.start(t, nil)
	id := h.place(t)
	h.ends(t, id)
	_ = stop()
	before, _ := h.story(t, id)
	js, err := jetstream.New(h.nc)
	require.NoError(t, err)
	require.NoError(t, js.DeleteKeyValue(t.Context(), Bucket))
	_, stop = h.start(t, nil)
	other := h.place(t)
	h.ends(t, other)
	_ = stop()
	after, _ := h.story(t, id)
	require.Equal(t, before, after)
	h.mu.Lock()
	defer h.mu.Unlock()
	require.Len(t, h.sent["ConfirmOrderRequest"], 2, "what has an outcome is not sent again")
}

func TestAnUnreachableServiceHoldsUpItsOwnCommandsOnly(t *testing.T) {
	h := newTown(t)
	h.failing(func(request string) error {
		if request == "CancelTicketRequest" {
			return unreachable
		}
		return nil
	})
	h.hold = time.Millisecond
	_, stop := h.start(t, nil)
	ids := []string{}
	for range 20 { // more than are worked on at a time
		ids = append(ids, h.place(t))
	}
	for _, id := range ids {
		require.Eventually(t, func() bool {
			_, events := h.story(t, id)
			return len(answersIn(events)) == 2
		}, patience, 5*time.Millisecond, "what the other service was to do is done")
	}
	h.failing(nil)
	h.ends(t, ids...)
	_ = stop()
}

func TestAnAcceptanceFromWhichNothingFollowsIsRecordedAfterAWhile(t *testing.T) {
	h := newTown(t)
	h.hold = time.Millisecond
	h.failing(func(request string) error {
		if request == "CompleteOrderRequest" {
			return unreachable // so the process decides nothing more
		}
		return nil
	})
	_, stop := h.start(t, nil)
	id := h.place(t)
	require.Eventually(t, func() bool {
		_, events := h.story(t, id)
		return len(answersIn(events)) == 2
	}, patience, 5*time.Millisecond)
	h.failing(nil)
	h.ends(t, id)
	h.whole(t, id)
	_ = stop()
}

// What is held counts as not carried out, so the checkpoint must not pass it.
func TestWhatIsHeldIsCarriedOutAgainByASuccessor(t *testing.T) {
	h := newTown(t)
	h.failing(func(request string) error {
		if request == "CompleteOrderRequest" {
			return unreachable
		}
		return nil
	})
	_, stop := h.start(t, nil)
	id := h.place(t)
	require.Eventually(t, func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return len(h.sent["ConfirmOrderRequest"]) > 0 && len(h.sent["CancelTicketRequest"]) > 0
	}, patience, 5*time.Millisecond)
	_ = stop()
	h.failing(nil)
	_, stop = h.start(t, nil)
	h.ends(t, id)
	h.whole(t, id)
	_ = stop()
}

func TestOneInstanceAtATimeWithASuccessor(t *testing.T) {
	h := newTown(t)
	var first, second atomic.Int64
	_, stopFirst := h.start(t, func(string) error { first.Add(1); return nil })
	h.ends(t, h.place(t))
	p, stopSecond := h.start(t, func(string) error { second.Add(1); return nil })
	require.Eventually(t, p.Ready, patience, time.Millisecond, "a successor knows that another carries on")
	h.ends(t, h.place(t))
	require.Zero(t, second.Load())
	done := first.Load()
	_ = stopFirst()
	h.ends(t, h.place(t))
	require.Positive(t, second.Load())
	require.Equal(t, done, first.Load())
	_ = stopSecond()
}

func TestNoTimerIsLeftBehind(t *testing.T) {
	h := newTown(t)
	_, stop := h.start(t, nil)
	h.ends(t, h.place(t), h.place(t))
	js, err := jetstream.New(h.nc)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		stream, err := js.Stream(t.Context(), TimersStream)
		if err != nil {
			return false
		}
		info, err := stream.Info(t.Context())
		return err == nil && info.State.Msgs == 0
	}, patience, 5*time.Millisecond)
	_ = stop()
}

func TestWhoNoLongerLeadsLeavesNoConsumerOfTimers(t *testing.T) {
	h := newTown(t)
	_, stop := h.start(t, nil)
	js, err := jetstream.New(h.nc)
	require.NoError(t, err)
	consumers := func() int {
		stream, err := js.Stream(t.Context(), TimersStream)
		require.NoError(t, err)
		return stream.CachedInfo().State.Consumers
	}
	require.Eventually(t, func() bool { return consumers() == 1 }, patience, 5*time.Millisecond)
	_ = stop()
	require.Zero(t, consumers())
}
