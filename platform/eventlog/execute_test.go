package eventlog_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/problem"
)

// tally is an aggregate whose state is what was appended to it.
type tally struct {
	positions []uint64
	reasons   []string
}

func evolve(t tally, e *orderingv1.OrderEvent, m eventlog.Meta) (tally, error) {
	t.positions = append(t.positions, m.Position)
	t.reasons = append(t.reasons, e.GetOrderCancelled().GetReason())
	return t, nil
}

func cancelled(reason string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{
		OrderCancelled: &orderingv1.OrderCancelled{Reason: reason},
	}}
}

type tallies = eventlog.Aggregate[tally, *orderingv1.OrderEvent]

func newTallies(log *eventlog.Log) *tallies {
	return eventlog.NewAggregate[tally, *orderingv1.OrderEvent](log, evolve)
}

func say(reason string) func(tally) (*orderingv1.OrderEvent, error) {
	return func(tally) (*orderingv1.OrderEvent, error) { return cancelled(reason), nil }
}

// look returns the state as a reader finds it that has nothing in its cache.
func look(t *testing.T, log *eventlog.Log, id string) tally {
	t.Helper()
	var seen tally
	if _, err := newTallies(log).Execute(t.Context(), id, func(s tally) (*orderingv1.OrderEvent, error) {
		seen = s
		return nil, nil
	}); err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestExecuteAppendsWhatWasDecided(t *testing.T) {
	log := eventlogtest.Log(t)
	orders, id := newTallies(log), ulid.Make().String()
	for i, run := range []func(context.Context, string, func(tally) (*orderingv1.OrderEvent, error)) (uint64, error){
		orders.Create, orders.Execute, orders.Execute, orders.Create,
	} {
		got, err := run(t.Context(), id, say(strconv.Itoa(i)))
		if err != nil || got != uint64(i+1) {
			t.Fatalf("append %d: at %d, %v", i, got, err)
		}
	}
	if got := look(t, log, id); fmt.Sprint(got.reasons, got.positions) != "[0 1 2 3] [1 2 3 4]" {
		t.Fatalf("the log holds %v", got)
	}
}

func TestARepeatedCommandAnswersAsTheFirstDid(t *testing.T) {
	log := eventlogtest.Log(t)
	id := ulid.Make().String()
	ctx := eventlog.WithCommand(t.Context(), eventlog.Command{ID: "c1", Fingerprint: "f1"})
	first, err := newTallies(log).Create(ctx, id, say("once"))
	if err != nil {
		t.Fatal(err)
	}
	for name, orders := range map[string]*tallies{"cold": newTallies(log), "cold, too": newTallies(log)} {
		for range 2 {
			again, err := orders.Create(ctx, id, say("twice"))
			if err != nil || again != first {
				t.Fatalf("%s: answered %d, %v; the first was %d", name, again, err, first)
			}
		}
	}
	other := eventlog.WithCommand(t.Context(), eventlog.Command{ID: "c1", Fingerprint: "f2"})
	if _, err := newTallies(log).Execute(other, id, say("else")); problem.From(err).Kind != problem.KeyReused {
		t.Fatalf("the same id for another content: %v", err)
	}
	if got := look(t, log, id); len(got.reasons) != 1 {
		t.Fatalf("the log holds %v", got.reasons)
	}
}

func TestWhoMaySendACommandIsAskedBeforeItsRepeatIsAnswered(t *testing.T) {
	log := eventlogtest.Log(t)
	id, no := ulid.Make().String(), errors.New("no")
	refuse := func(tally) error { return no }
	allow := func(tally) error { return nil }
	ctx := eventlog.WithCommand(t.Context(), eventlog.Command{ID: "c1"})
	first, err := newTallies(log).ExecuteIf(ctx, id, allow, say("once"))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := newTallies(log).ExecuteIf(ctx, id, allow, say("twice")); err != nil || again != first {
		t.Fatalf("answered %d, %v; the first was %d", again, err, first)
	}
	if _, err := newTallies(log).ExecuteIf(ctx, id, refuse, say("twice")); !errors.Is(err, no) {
		t.Fatalf("answered %v", err)
	}
	// Nor does that refusal rest on a stale state.
	stale := newTallies(log)
	if _, err := stale.Execute(t.Context(), id, func(tally) (*orderingv1.OrderEvent, error) { return nil, nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := newTallies(log).Execute(t.Context(), id, say("open to all")); err != nil {
		t.Fatal(err)
	}
	if _, err := stale.ExecuteIf(t.Context(), id, func(s tally) error {
		if len(s.reasons) < 2 {
			return no
		}
		return nil
	}, say("late")); err != nil {
		t.Fatal(err)
	}
}

func TestNoRefusalRestsOnAStaleState(t *testing.T) {
	log := eventlogtest.Log(t)
	stale, other, id := newTallies(log), newTallies(log), ulid.Make().String()
	if _, err := stale.Create(t.Context(), id, say("a")); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Execute(t.Context(), id, say("b")); err != nil { // behind the cache of stale
		t.Fatal(err)
	}
	refusal := problem.Refuse("TOO_FEW", "too few")
	var decidedOn []int
	_, err := stale.Execute(t.Context(), id, func(s tally) (*orderingv1.OrderEvent, error) {
		decidedOn = append(decidedOn, len(s.reasons))
		return nil, refusal
	})
	if !errors.Is(err, refusal) || decidedOn[len(decidedOn)-1] != 2 {
		t.Fatalf("refused with %v on states of %v events", err, decidedOn)
	}
}

func TestRacingWritersNeverBothWin(t *testing.T) {
	const writers, each = 8, 25
	nc := hubtest.Connect(t)
	id := ulid.Make().String()
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		acked = map[uint64]string{}
	)
	for w := range writers {
		orders := newTallies(eventlogtest.On(t, nc)) // a cache of its own, as in a process of its own
		wg.Go(func() {
			for i := range each {
				reason := fmt.Sprintf("%d-%d", w, i)
				for {
					at, err := orders.Execute(t.Context(), id, say(reason))
					if p := problem.From(err); p != nil && p.Kind == problem.Contended {
						continue
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					if had, twice := acked[at]; twice {
						t.Errorf("position %d was given to %s and to %s", at, had, reason)
					}
					acked[at] = reason
					mu.Unlock()
					break
				}
			}
		})
	}
	wg.Wait()
	got := look(t, eventlogtest.On(t, nc), id)
	if len(got.reasons) != writers*each {
		t.Fatalf("%d events, %d acknowledged", len(got.reasons), writers*each)
	}
	for i, at := range got.positions {
		if acked[at] != got.reasons[i] {
			t.Fatalf("position %d holds %q, acknowledged was %q", at, got.reasons[i], acked[at])
		}
	}
}

func TestAnOldIDCreatesNothing(t *testing.T) {
	orders := newTallies(eventlogtest.Log(t))
	for _, age := range []time.Duration{-25 * time.Hour, 25 * time.Hour} {
		id := ulid.MustNew(ulid.Timestamp(time.Now().Add(age)), ulid.DefaultEntropy()).String()
		if _, err := orders.Create(t.Context(), id, say("late")); problem.From(err).Code != "ID_NOT_OF_TODAY" {
			t.Fatalf("%v off: %v", age, err)
		}
	}
	if _, err := orders.Execute(t.Context(), "order-1", say("odd")); problem.From(err).Kind != problem.Invalid {
		t.Fatalf("no ULID: %v", err)
	}
}

func TestARepeatIsAnsweredHoweverLateItComes(t *testing.T) {
	nc := hubtest.Connect(t)
	id := ulid.Make().String()
	ctx := eventlog.WithCommand(t.Context(), eventlog.Command{ID: "c1"})
	first, err := newTallies(eventlogtest.On(t, nc)).Create(ctx, id, say("in time"))
	if err != nil {
		t.Fatal(err)
	}
	later := eventlogtest.On(t, nc, func(o *eventlog.Options) {
		o.Now = func() time.Time { return time.Now().Add(72 * time.Hour) }
	})
	again, err := newTallies(later).Create(ctx, id, say("late"))
	if err != nil || again != first {
		t.Fatalf("answered %d, %v; the first was %d", again, err, first)
	}
}

func TestPersonalDataIsSealedOnTheLogAndOpenToItsReaders(t *testing.T) {
	const street = "Rosenthaler Strasse 40"
	nc := hubtest.Connect(t)
	log, id := eventlogtest.On(t, nc), ulid.Make().String()
	placed := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		DeliveryAddress: &typev1.Personal{PersonId: "p1", Data: &typev1.PersonalData{Text: street}},
		Lines:           []*orderingv1.OrderLine{{Note: &typev1.Personal{PersonId: "p1", Data: &typev1.PersonalData{Text: street}}}},
	}}}
	if _, err := newTallies(log).Create(t.Context(), id, func(tally) (*orderingv1.OrderEvent, error) { return placed, nil }); err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := js.Stream(t.Context(), eventlog.Stream)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := stream.GetMsg(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw.Data, []byte("Rosenthaler")) {
		t.Fatal("the log holds the address in the clear")
	}
	events := follow(t, log, 0, 1)
	lines := events[0].Data.(*orderingv1.OrderEvent).GetOrderPlaced()
	if lines.GetDeliveryAddress().GetData().GetText() != street || lines.GetLines()[0].GetNote().GetData().GetText() != street {
		t.Fatalf("a reader finds %v", lines)
	}
}
