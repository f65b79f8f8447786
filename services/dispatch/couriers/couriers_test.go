package couriers_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/location"
	"tiffin/services/dispatch"
	"tiffin/services/dispatch/couriers"
)

const patience = 30 * time.Second

type event = courierv1.CourierEvent

var (
	registered = &event{Event: &courierv1.CourierEvent_CourierRegistered{CourierRegistered: &courierv1.CourierRegistered{}}}
	started    = &event{Event: &courierv1.CourierEvent_ShiftStarted{ShiftStarted: &courierv1.ShiftStarted{}}}
	ended      = &event{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: &courierv1.ShiftEnded{}}}
	offered    = &event{Event: &courierv1.CourierEvent_DeliveryOffered{DeliveryOffered: &courierv1.DeliveryOffered{}}}
	accepted   = &event{Event: &courierv1.CourierEvent_OfferAccepted{OfferAccepted: &courierv1.OfferAccepted{}}}
	declined   = &event{Event: &courierv1.CourierEvent_OfferDeclined{OfferDeclined: &courierv1.OfferDeclined{}}}
	expired    = &event{Event: &courierv1.CourierEvent_OfferExpired{OfferExpired: &courierv1.OfferExpired{}}}
	withdrawn  = &event{Event: &courierv1.CourierEvent_OfferWithdrawn{OfferWithdrawn: &courierv1.OfferWithdrawn{}}}
	finished   = &event{Event: &courierv1.CourierEvent_DeliveryFinished{DeliveryFinished: &courierv1.DeliveryFinished{}}}
)

// free are those whom the delivery may ask.
func free(c *couriers.Couriers, delivery string) (out []dispatch.Candidate) {
	c.Choose(delivery, func(free []dispatch.Candidate) string {
		out = free
		return ""
	})
	return out
}

func TestWhoIsFree(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	where, err := location.Open(t.Context(), nc)
	require.NoError(t, err)
	aggregate := eventlog.NewAggregate(log, func(n int, _ *event, _ eventlog.Meta) (int, error) { return n + 1, nil })
	want := map[string]bool{}
	for _, c := range []struct {
		events []*event
		free   bool
	}{
		{[]*event{registered}, false},
		{[]*event{registered, started}, true},
		{[]*event{registered, started, ended}, false},
		{[]*event{registered, started, offered}, false},
		{[]*event{registered, started, offered, declined}, true},
		{[]*event{registered, started, offered, expired}, true},
		{[]*event{registered, started, offered, withdrawn}, true},
		{[]*event{registered, started, offered, ended}, false},
		{[]*event{registered, started, offered, accepted}, false},
		{[]*event{registered, started, offered, accepted, finished}, true},
	} {
		id := ulid.Make().String()
		for _, e := range c.events {
			_, err := aggregate.Execute(t.Context(), id, func(int) (*event, error) { return e, nil })
			require.NoError(t, err)
		}
		if c.free {
			want[id] = true
		}
		require.NoError(t, where.Publish(location.Position{CourierID: id, At: &typev1.Location{Latitude: 52}, Time: time.Now()}))
	}
	unknown := ulid.Make().String() // on shift, and nobody knows where
	_, err = aggregate.Execute(t.Context(), unknown, func(int) (*event, error) { return started, nil })
	require.NoError(t, err)

	c := couriers.New(log, nil, where, time.Now)
	require.Empty(t, free(c, "a delivery"))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	require.NoError(t, c.Await(t.Context()))
	require.Eventually(t, func() bool {
		found := free(c, "a delivery")
		for _, f := range found {
			if !want[f.CourierID] {
				t.Errorf("%s is not free", f.CourierID)
			}
		}
		return len(found) == len(want)
	}, patience, time.Millisecond)
	cancel()
	require.ErrorIs(t, <-done, context.Canceled)
}

func TestWhoeverIsChosenIsKeptFromOtherDeliveries(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	where, err := location.Open(t.Context(), nc)
	require.NoError(t, err)
	aggregate := eventlog.NewAggregate(log, func(n int, _ *event, _ eventlog.Meta) (int, error) { return n + 1, nil })
	id := ulid.Make().String()
	happened := func(e *event) {
		_, err := aggregate.Execute(t.Context(), id, func(int) (*event, error) { return e, nil })
		require.NoError(t, err)
	}
	happened(started)
	require.NoError(t, where.Publish(location.Position{CourierID: id, At: &typev1.Location{Latitude: 52}, Time: time.Now()}))
	var now atomic.Int64
	c := couriers.New(log, nil, where, func() time.Time { return time.Unix(0, now.Load()) })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	seenBy := func(delivery string) func() bool { return func() bool { return len(free(c, delivery)) == 1 } }
	choose := func() { c.Choose("first", func([]dispatch.Candidate) string { return id }) }
	require.Eventually(t, seenBy("second"), patience, time.Millisecond)

	choose()
	require.Empty(t, free(c, "second"))
	require.True(t, seenBy("first")(), "it may decide again")
	happened(declined)
	require.Eventually(t, seenBy("second"), patience, time.Millisecond, "until word of them comes")
	choose()
	now.Add(int64(couriers.Kept) - 1)
	require.Empty(t, free(c, "second"))
	now.Add(1)
	require.True(t, seenBy("second")(), "or none has come for long")
	cancel()
	require.ErrorIs(t, <-done, context.Canceled)
}

func TestWhoStandsBehindAFaultIsNotAsked(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	where, err := location.Open(t.Context(), nc)
	require.NoError(t, err)
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	aggregate := eventlog.NewAggregate(log, func(n int, _ *event, _ eventlog.Meta) (int, error) { return n + 1, nil })
	broken, well := ulid.Make().String(), ulid.Make().String()
	for _, id := range []string{broken, well} {
		_, err := aggregate.Execute(t.Context(), id, func(int) (*event, error) { return started, nil })
		require.NoError(t, err)
		require.NoError(t, where.Publish(location.Position{CourierID: id, At: &typev1.Location{Latitude: 52}, Time: time.Now()}))
	}
	require.NoError(t, nc.Publish("evt.courier."+broken, []byte{0xff}))
	require.NoError(t, nc.Flush())
	c := couriers.New(log, faults, where, time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	require.NoError(t, c.Await(t.Context()))
	var found []dispatch.Candidate
	require.Eventually(t, func() bool {
		found = free(c, "a delivery")
		return len(found) > 0
	}, patience, time.Millisecond)
	require.Len(t, found, 1)
	require.Equal(t, well, found[0].CourierID)
	cancel()
	require.ErrorIs(t, <-done, context.Canceled)
}
