package process

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

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
