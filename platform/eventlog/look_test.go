package eventlog_test

import (
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/seal"
)

func TestWhatBearsAnIDIsFoundInAllDomains(t *testing.T) {
	log := eventlogtest.Log(t)
	orders := newTallies(log)
	tickets := eventlog.NewAggregate[struct{}](log, func(struct{}, *kitchenv1.TicketEvent, eventlog.Meta) (s struct{}, err error) { return s, nil })
	id := ulid.Make().String()
	const each = 1100 // more than one batch of a load
	for range each {
		_, err := orders.Execute(t.Context(), id, say("one"))
		require.NoError(t, err)
	}
	_, err := orders.Execute(t.Context(), ulid.Make().String(), say("another"))
	require.NoError(t, err)
	last, err := tickets.Execute(t.Context(), id, func(struct{}) (*kitchenv1.TicketEvent, error) {
		return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{}}}, nil
	})
	require.NoError(t, err)

	events, err := log.Bearing(t.Context(), id, eventlog.Opened, &orderingv1.OrderEvent{})
	require.NoError(t, err)
	require.Len(t, events, each+1)
	for i, e := range events[:each] {
		require.EqualValues(t, i+1, e.Position)
		require.NoError(t, e.Err)
	}
	require.Equal(t, last, events[each].Position)
	require.Equal(t, "kitchen.TicketReady", events[each].Type)
	require.ErrorContains(t, events[each].Err, "not one that is read here")
	none, err := log.Bearing(t.Context(), ulid.Make().String(), eventlog.Opened)
	require.NoError(t, err)
	require.Empty(t, none)

	e, found, err := log.At(t.Context(), last, eventlog.Opened, &kitchenv1.TicketEvent{})
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "kitchen.TicketReady", eventlog.TypeOf(e.Data))
	_, found, err = log.At(t.Context(), last+1, eventlog.Opened)
	require.NoError(t, err)
	require.False(t, found)
}

func TestWhoOnlyLooksMakesNothing(t *testing.T) {
	nc := hubtest.Connect(t)
	_, err := eventlog.Open(t.Context(), nc, eventlog.Options{Keys: seal.Memory(), Existing: true})
	require.ErrorIs(t, err, eventlog.ErrNoLog)
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	_, err = js.Stream(t.Context(), eventlog.Stream)
	require.ErrorIs(t, err, jetstream.ErrStreamNotFound)

	other := jetstream.StreamConfig{Name: eventlog.Stream, Subjects: []string{"evt.>"}}
	_, err = js.CreateStream(t.Context(), other)
	require.NoError(t, err)
	_, err = eventlog.Open(t.Context(), nc, eventlog.Options{Keys: seal.Memory(), Existing: true})
	require.NoError(t, err)
	stream, err := js.Stream(t.Context(), eventlog.Stream)
	require.NoError(t, err)
	require.Empty(t, stream.CachedInfo().Config.Description, "it stays as it was made")
}

func TestTypesAreInTheOrderOfTheirNumbers(t *testing.T) {
	require.Equal(t, []string{
		"ordering.OrderPlaced", "ordering.OrderConfirmed", "ordering.OrderRejected", "ordering.OrderCancelled", "ordering.OrderCompleted",
	}, eventlog.Types(&orderingv1.OrderEvent{}))
}
