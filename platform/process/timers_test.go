package process

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/process/step"
)

// A search that is repeated sets the timer that it was woken by: the next one may have fired before this one is forgotten.
func TestATimerWhosePlaceTheNextHasTakenIsForgotten(t *testing.T) {
	js, err := jetstream.New(hubtest.Connect(t))
	require.NoError(t, err)
	timers, err := openTimers(t.Context(), js, Options{}, "test")
	require.NoError(t, err)
	consumer, err := timers.stream.OrderedConsumer(t.Context(), jetstream.OrderedConsumerConfig{FilterSubjects: []string{firedPrefix + ">"}})
	require.NoError(t, err)
	fired := func() jetstream.Msg {
		t.Helper()
		require.NoError(t, timers.set(t.Context(), "search", step.Timer("again", time.Now(), time.Millisecond)))
		m, err := consumer.Next(jetstream.FetchMaxWait(patience))
		require.NoError(t, err)
		return m
	}
	first := fired()
	second := fired()
	require.NoError(t, timers.done(t.Context(), first), "its place is taken")
	require.NoError(t, timers.done(t.Context(), second))
	require.NoError(t, timers.done(t.Context(), second), "a repeat")
}

func TestATimerComesAfterWhatTheLogHadWhenItFired(t *testing.T) {
	h := newTown(t)
	b := h.plant(func(step.Input) bool { return false })
	fired, slow := make(chan struct{}, 1), make(chan struct{})
	h.definition.Correlate = func(e eventlog.Event) string {
		if o, _ := e.Data.(*orderingv1.OrderEvent); o.GetOrderConfirmed() != nil { // it is heard late
			select {
			case <-slow:
			case <-t.Context().Done():
			}
		}
		return e.AggregateID
	}
	id := h.place(t)
	h.confirm(t, id)
	h.start(t, func(what string) error {
		if what == "hear" {
			select {
			case fired <- struct{}{}:
			default:
			}
		}
		return nil
	})
	<-fired
	for range 50 { // by then a timer that did not wait would have been decided on
		_, err := h.log.LastPosition(t.Context(), h.definition.Reads...)
		require.NoError(t, err)
	}
	close(slow)
	h.ends(t, id)
	require.Equal(t, []string{"ordering.OrderPlaced", "ordering.OrderConfirmed", "wake"}, b.seen(id))
}
