package process

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/process/step"
)

// ask asks for everything that is parked to be processed again, and returns what came of it.
func (h *town) ask(ctx context.Context, dryRun bool) (out []fault.Outcome, err error) {
	err = h.faults.Resubmit(ctx, fault.Query{}, fault.Resubmission{
		DryRun: dryRun, PerSecond: 1000, Done: func(_ fault.Fault, o fault.Outcome) { out = append(out, o) },
	})
	return out, err
}

// resubmit is ask for the only fault.
func (h *town) resubmit(t *testing.T, dryRun bool) fault.Outcome {
	t.Helper()
	out, err := h.ask(t.Context(), dryRun)
	require.NoError(t, err)
	require.Len(t, out, 1)
	return out[0]
}

func (h *town) count(t *testing.T) (keys, events int) {
	t.Helper()
	faults, err := h.faults.List(t.Context(), fault.Query{Kind: fault.Process}, "", 0)
	require.NoError(t, err)
	for _, f := range faults {
		events += f.Count
	}
	return len(faults), events
}

// parked waits until so many events are parked for so many keys.
func (h *town) parked(t *testing.T, keys, events int) {
	t.Helper()
	require.Eventually(t, func() bool {
		k, e := h.count(t)
		return k == keys && e == events
	}, patience, 5*time.Millisecond)
}

// confirm is an input from which nothing follows.
func (h *town) confirm(t *testing.T, id string) uint64 {
	t.Helper()
	at, err := h.orders.Execute(t.Context(), id, func(int) (*orderingv1.OrderEvent, error) {
		return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{}}}, nil
	})
	require.NoError(t, err)
	return at
}

// bug is what a release can't decide on, until it is fixed. It keeps what was decided on, in order.
type bug struct {
	is    func(step.Input) bool
	fixed atomic.Bool
	mu    sync.Mutex
	saw   map[string][]string
}

func (h *town) plant(is func(step.Input) bool) *bug {
	b := &bug{is: is, saw: map[string][]string{}}
	h.definition.Decide = func(n count, in step.Input) *event {
		if !b.fixed.Load() && is(in) {
			panic("what is this of Main Street 1?")
		}
		e := decide(n, in)
		b.mu.Lock()
		defer b.mu.Unlock()
		if o, ok := in.Event.(*orderingv1.OrderEvent); ok {
			b.saw[in.ID] = append(b.saw[in.ID], eventlog.TypeOf(o))
		} else if in.Fired != "" {
			b.saw[in.ID] = append(b.saw[in.ID], in.Fired)
		}
		return e
	}
	return b
}

func (b *bug) seen(id string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.saw[id])
}

func TestAnInputThatCantBeDecidedOnParksItsProcessAndNothingElse(t *testing.T) {
	h := newTown(t)
	bad, good := h.place(t), h.place(t)
	b := h.plant(func(in step.Input) bool { return in.ID == bad && in.Event != nil })
	_, stop := h.start(t, nil)
	h.ends(t, good)
	h.parked(t, 1, 1)
	h.confirm(t, bad)
	h.parked(t, 1, 2)
	_ = stop()
	h.start(t, nil) // which knows what its predecessor has parked
	h.ends(t, h.place(t))
	types, _ := h.story(t, bad)
	require.Empty(t, types)
	faults, err := h.faults.List(t.Context(), fault.Query{Kind: fault.Process, Owner: "fulfilment"}, "", 0)
	require.NoError(t, err)
	require.Equal(t, fault.Key{Kind: fault.Instance, ID: bad}, faults[0].First.Key)
	require.Equal(t, "panic: what is this of [REDACTED]?", faults[0].First.Error)
	for _, dryRun := range []bool{true, false} {
		out := h.resubmit(t, dryRun)
		require.Equal(t, "panic: what is this of [REDACTED]?", out.Error)
		require.Equal(t, faults[0].First.Event.Position, out.At)
	}
	b.fixed.Store(true)
	require.Equal(t, fault.Outcome{Processed: 2, Resolved: true}, h.resubmit(t, true))
	types, _ = h.story(t, bad)
	require.Empty(t, types, "a dry run changes nothing")
	require.True(t, h.resubmit(t, false).Resolved)
	h.ends(t, bad)
	h.whole(t, bad)
	h.parked(t, 0, 0)
}

func TestATimerThatCantBeDecidedOnStandsBeforeWhatFollows(t *testing.T) {
	h := newTown(t)
	b := h.plant(func(in step.Input) bool { return in.Fired != "" })
	h.start(t, nil)
	id := h.place(t)
	h.parked(t, 1, 1)
	h.confirm(t, id)
	h.parked(t, 1, 2)
	require.Contains(t, h.resubmit(t, true).Error, "what is this")
	require.Contains(t, h.resubmit(t, false).Error, "what is this")
	b.fixed.Store(true)
	require.Equal(t, fault.Outcome{Processed: 2, Resolved: true}, h.resubmit(t, true))
	clear(b.saw)
	require.True(t, h.resubmit(t, false).Resolved)
	h.ends(t, id)
	h.whole(t, id)
	require.Equal(t, []string{"wake", "ordering.OrderConfirmed"}, b.seen(id))
	require.Eventually(t, func() bool { // it is worked on, and gone
		info, err := h.nc.JetStream()
		require.NoError(t, err)
		stream, err := info.StreamInfo(TimersStream)
		require.NoError(t, err)
		return stream.State.Msgs == 0
	}, patience, 5*time.Millisecond)
}

func TestAnOutcomeThatCantBeDecidedOnIsAskedForAgain(t *testing.T) {
	h := newTown(t)
	b := h.plant(func(in step.Input) bool { return in.Refused() != nil })
	_, stop := h.start(t, nil)
	id := h.place(t)
	h.parked(t, 1, 1)
	_ = stop()
	h.start(t, nil)
	h.confirm(t, id)
	h.parked(t, 1, 2)
	require.Contains(t, h.resubmit(t, false).Error, "what is this")
	b.fixed.Store(true)
	require.True(t, h.resubmit(t, true).Resolved)
	require.True(t, h.resubmit(t, false).Resolved)
	h.ends(t, id)
	h.whole(t, id)
	h.mu.Lock()
	defer h.mu.Unlock()
	for request, ids := range h.sent {
		slices.Sort(ids)
		require.Len(t, slices.Compact(ids), 1, "%s was sent under two ids", request)
	}
}

// A process whose input is parked waits: its timer, too, though it is due.
func TestTimersOfAProcessBehindAFaultWait(t *testing.T) {
	h := newTown(t)
	b := h.plant(func(in step.Input) bool {
		o, _ := in.Event.(*orderingv1.OrderEvent)
		return o.GetOrderConfirmed() != nil
	})
	id := h.place(t)
	h.confirm(t, id)
	h.start(t, nil)
	require.Eventually(t, func() bool { _, n := h.count(t); return n > 0 }, patience, 5*time.Millisecond)
	h.ends(t, h.place(t)) // another, whose timer is due later
	require.Equal(t, []string{"ordering.OrderPlaced"}, b.seen(id))
	b.fixed.Store(true)
	require.True(t, h.resubmit(t, false).Resolved)
	h.ends(t, id)
	h.whole(t, id)
	require.Equal(t, []string{"ordering.OrderPlaced", "ordering.OrderConfirmed", "wake"}, b.seen(id))
}

func TestWhatCantBeReadIsParkedBehindTheProcessThatItsSubjectNames(t *testing.T) {
	h := newTown(t)
	id := ulid.Make().String()
	require.NoError(t, h.nc.Publish("evt.ordering."+id, []byte("no event")))
	require.NoError(t, h.nc.Flush())
	h.start(t, nil)
	h.ends(t, h.place(t))
	h.parked(t, 1, 1)
	require.False(t, h.resubmit(t, true).Resolved)
	require.False(t, h.resubmit(t, false).Resolved)
	h.parked(t, 1, 1)
}

func TestAProcessThatCantBeFoldedParksWhatComes(t *testing.T) {
	h := newTown(t)
	var broken atomic.Value
	broken.Store("")
	h.definition.Evolve = func(n count, e *event) (count, error) {
		if e.GetFoodReady() != nil && broken.Load() != "" {
			panic(broken.Load())
		}
		return definition.Evolve(n, e)
	}
	_, stop := h.start(t, nil)
	id := h.place(t)
	h.ends(t, id)
	_ = stop()
	broken.Store("what was this?")
	h.log = eventlogtest.On(t, h.nc) // what the other has folded is in its cache
	h.start(t, nil)
	h.confirm(t, id)
	h.parked(t, 1, 1)
	require.False(t, h.resubmit(t, true).Resolved)
	other := h.place(t)
	require.Eventually(t, func() bool {
		types, _ := h.story(t, other)
		return slices.Contains(types, "fulfilment.FoodReady")
	}, patience, 5*time.Millisecond, "others go on until they meet it, too")
	broken.Store("")
	_, err := h.ask(t.Context(), false)
	require.NoError(t, err)
	h.ends(t, other)
	h.parked(t, 0, 0)
}

// An event of which it wasn't known which process it is for is late for that process, which has decided on later ones.
func TestAnInputThatCouldNotBeRoutedIsDecidedOnThoughLate(t *testing.T) {
	h := newTown(t)
	id, other := h.place(t), h.place(t)
	var fixed atomic.Bool
	h.definition.Correlate = func(e eventlog.Event) string {
		if e.AggregateID == id && !fixed.Load() {
			panic("where to?")
		}
		return other // one process for all: the later is decided on first
	}
	b := h.plant(func(step.Input) bool { return false })
	h.start(t, nil)
	h.ends(t, other)
	h.confirm(t, id)
	h.parked(t, 1, 2)
	require.Contains(t, h.resubmit(t, true).Error, "where to?")
	require.Contains(t, h.resubmit(t, false).Error, "where to?")
	fixed.Store(true)
	require.True(t, h.resubmit(t, false).Resolved)
	h.parked(t, 0, 0)
	got := b.seen(other)
	require.Equal(t, []string{"ordering.OrderPlaced", "ordering.OrderConfirmed"}, got[len(got)-2:])
}

func TestAFaultSurvivesBeingKilledBetweenAnyTwoSteps(t *testing.T) {
	h := newTown(t)
	h.ttl = mortalTTL
	killed := 0
	for n := int64(1); ; n++ {
		b := h.plant(func(in step.Input) bool { return in.Refused() != nil })
		taking, taken := killedAt(n)
		_, stop := h.start(t, taking)
		id := h.place(t)
		h.confirm(t, id)
		dead := func() bool { return taken.Load() >= n }
		require.Eventually(t, func() bool {
			_, events := h.count(t)
			return dead() || events > 0
		}, patience, time.Millisecond)
		b.fixed.Store(true)
		asking, enough := context.WithCancel(t.Context())
		asked := make(chan struct{})
		go func() {
			defer close(asked)
			_, _ = h.ask(asking, false) // it may be killed before it answers
		}()
		require.Eventually(t, func() bool { return dead() || h.allEnded(t, []string{id}) }, patience, time.Millisecond)
		enough()
		<-asked
		died := dead()
		_ = stop()
		if died {
			killed++
		}
		_, stop = h.start(t, nil)
		out, err := h.ask(t.Context(), false)
		require.NoError(t, err)
		for _, o := range out {
			require.True(t, o.Resolved, "%+v", o)
		}
		h.ends(t, id)
		h.whole(t, id)
		h.parked(t, 0, 0)
		_ = stop()
		if !died {
			break
		}
	}
	t.Logf("killed at %d steps", killed)
	require.Greater(t, killed, 12)
}
