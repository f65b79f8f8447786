package eventlog_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
)

var errEnough = errors.New("enough")

// follow returns the next n events after a position.
func follow(t *testing.T, log *eventlog.Log, after uint64, n int) []eventlog.Event {
	t.Helper()
	var got []eventlog.Event
	err := log.Follow(t.Context(), eventlog.FollowOptions{After: after, Domains: []proto.Message{&orderingv1.OrderEvent{}}, MaxBatch: 7},
		func(_ context.Context, b eventlog.Batch) error {
			if got = append(got, b.Events...); len(got) >= n {
				return errEnough
			}
			return nil
		})
	if !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	return got
}

func TestFollowIsInOrderWithoutGapOrRepetition(t *testing.T) {
	log := eventlogtest.Log(t)
	orders := newTallies(log)
	const n = 100
	for i := range n {
		if _, err := orders.Create(t.Context(), ulid.Make().String(), say(strconv.Itoa(i))); err != nil {
			t.Fatal(err)
		}
	}
	for _, after := range []uint64{0, 1, 50, n - 1} {
		for i, e := range follow(t, log, after, n-int(after)) {
			want := strconv.Itoa(i + int(after))
			if got := e.Data.(*orderingv1.OrderEvent).GetOrderCancelled().GetReason(); got != want || e.Type != "ordering.OrderCancelled" {
				t.Fatalf("event %d after %d is %s %q", i, after, e.Type, got)
			}
		}
	}
}

func TestAFollowerLeavesNothingOnTheServer(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	if _, err := newTallies(log).Create(t.Context(), ulid.Make().String(), say("x")); err != nil {
		t.Fatal(err)
	}
	follow(t, log, 0, 1)
	ctx, cancel := context.WithCancel(t.Context())
	err := log.Follow(ctx, eventlog.FollowOptions{}, func(context.Context, eventlog.Batch) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
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
	if n := stream.CachedInfo().State.Consumers; n != 0 {
		t.Fatalf("%d consumers are left", n)
	}
}

func TestAFollowerLearnsThatItHasCaughtUp(t *testing.T) {
	log := eventlogtest.Log(t)
	batches := func(after uint64) (pending []uint64) {
		err := log.Follow(t.Context(), eventlog.FollowOptions{After: after, Domains: []proto.Message{&orderingv1.OrderEvent{}}, MaxBatch: 1},
			func(_ context.Context, b eventlog.Batch) error {
				if pending = append(pending, b.Pending); b.Pending == 0 {
					return errEnough
				}
				return nil
			})
		if !errors.Is(err, errEnough) {
			t.Fatal(err)
		}
		return pending
	}
	if got := fmt.Sprint(batches(0)); got != "[0]" {
		t.Fatalf("on an empty log: %s", got)
	}
	for range 3 {
		if _, err := newTallies(log).Create(t.Context(), ulid.Make().String(), say("x")); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(batches(0)); got != "[2 1 0]" {
		t.Fatalf("with three to catch up: %s", got)
	}
	if got := fmt.Sprint(batches(3)); got != "[0]" {
		t.Fatalf("with nothing to catch up: %s", got)
	}
}

// A long stretch is read as a whole, and what nobody asked for is left out here.
func TestALongStretchIsFollowedLikeAShortOne(t *testing.T) {
	log := eventlogtest.Log(t)
	orders := newTallies(log)
	restaurants := eventlog.NewAggregate(log, func(n int, _ *restaurantv1.RestaurantEvent, _ eventlog.Meta) (int, error) { return n + 1, nil })
	const n = 6000
	var wanted []string
	var mu sync.Mutex
	write := func(i int) error {
		id := ulid.Make().String()
		if i%3 == 2 {
			_, err := restaurants.Create(t.Context(), id, func(int) (*restaurantv1.RestaurantEvent, error) {
				return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{RestaurantPaused: &restaurantv1.RestaurantPaused{}}}, nil
			})
			return err
		}
		mu.Lock()
		wanted = append(wanted, id)
		mu.Unlock()
		_, err := orders.Create(t.Context(), id, say("x"))
		return err
	}
	var writers errgroup.Group
	for w := range 8 {
		writers.Go(func() error {
			for i := w; i < n; i += 8 {
				if err := write(i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := writers.Wait(); err != nil {
		t.Fatal(err)
	}
	for range 500 { // it ends with what nobody asked for: as much as the server is left to filter
		if err := write(2); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	var last uint64
	late := ulid.Make().String()
	err := log.Follow(t.Context(), eventlog.FollowOptions{Domains: []proto.Message{&orderingv1.OrderEvent{}}, MaxBatch: 1},
		func(_ context.Context, b eventlog.Batch) error {
			for _, e := range b.Events {
				if e.Position <= last || e.Domain != "ordering" || e.Err != nil {
					t.Errorf("%+v after %d", e, last)
				}
				last = e.Position
				got = append(got, e.AggregateID)
			}
			switch {
			case len(got) > len(wanted):
				return errEnough
			case b.Pending == 0:
				_, err := orders.Create(t.Context(), late, say("x"))
				return err
			}
			return nil
		})
	if !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	if got[len(got)-1] != late {
		t.Fatal("what comes after the stretch is not the last")
	}
	got = got[:len(got)-1]
	slices.Sort(got)
	slices.Sort(wanted)
	if !slices.Equal(got, wanted) {
		t.Fatalf("%d of %d events", len(got), len(wanted))
	}
}

func TestAnEventThatCannotBeReadIsHandedOverWithItsError(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	if _, err := nc.Request("evt.ordering."+ulid.Make().String(), []byte("no event"), nats.DefaultTimeout); err != nil {
		t.Fatal(err)
	}
	e := follow(t, log, 0, 1)[0]
	if e.Err == nil || e.Data != nil || e.Position != 1 || e.Domain != "ordering" {
		t.Fatalf("got %+v", e)
	}
}

func TestNamesAreDerived(t *testing.T) {
	e := &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_ItemBack{ItemBack: &restaurantv1.ItemBack{}}}
	if got := eventlog.TypeOf(e); got != "restaurant.ItemBack" {
		t.Fatal(got)
	}
	if got := eventlog.TypeOf(&restaurantv1.RestaurantEvent{}); got != "" {
		t.Fatalf("an event without a case has type %q", got)
	}
}

// A follower runs for months: what each batch leaves behind in this process adds up.
func TestAFollowerHoldsNoMoreTheLongerItFollows(t *testing.T) {
	log := eventlogtest.Log(t)
	orders := newTallies(log)
	const n = 200
	for i := range n {
		if _, err := orders.Create(t.Context(), ulid.Make().String(), say(strconv.Itoa(i))); err != nil {
			t.Fatal(err)
		}
	}
	batches, early := 0, 0
	err := log.Follow(t.Context(), eventlog.FollowOptions{Domains: []proto.Message{&orderingv1.OrderEvent{}}, MaxBatch: 1},
		func(context.Context, eventlog.Batch) error {
			switch batches++; batches {
			case n / 10:
				early = runtime.NumGoroutine()
			case n:
				if late := runtime.NumGoroutine(); late > early+n/4 {
					t.Errorf("%d goroutines after %d batches, %d after %d", early, n/10, late, n)
				}
				return errEnough
			}
			return nil
		})
	if !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
}
