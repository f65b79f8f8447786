package eventlog_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub"
	"tiffin/platform/problem"
)

// requireFull sends commands until the disk is full, and finds that everything that was accepted can still be read.
func requireFull(t *testing.T, log *eventlog.Log, accepted int) {
	t.Helper()
	orders := newTallies(log)
	_, err := orders.Create(t.Context(), ulid.Make().String(), say("one more"))
	require.ErrorIs(t, err, problem.New(problem.Unavailable, "DISK_FULL", ""))
	last, err := log.LastPosition(t.Context(), &orderingv1.OrderEvent{})
	require.NoError(t, err)
	require.EqualValues(t, accepted, last)
}

func TestAStoreThatMayNotGrowRefusesAtOnceAndAnswersOn(t *testing.T) {
	server, err := hub.Start(hub.Options{Dir: t.TempDir(), LazySync: true, MaxStore: 1 << 20})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	nc, err := server.Connect()
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	log := eventlogtest.On(t, nc)
	orders, id, accepted := newTallies(log), ulid.Make().String(), 0
	long := strings.Repeat("long ", 10_000)
	for ; err == nil && accepted < 1000; accepted++ {
		_, err = orders.Execute(t.Context(), id, say(long))
	}
	accepted--
	require.Error(t, err)
	require.Positive(t, accepted)
	requireFull(t, log, accepted)
	require.Len(t, look(t, log, id).reasons, accepted)
}

func TestADiskWithoutRoomRefusesAndTakesOnWhenThereIsRoomAgain(t *testing.T) {
	var full atomic.Bool
	log := eventlogtest.Log(t, func(o *eventlog.Options) { o.Full = full.Load })
	orders, id := newTallies(log), ulid.Make().String()
	_, err := orders.Create(t.Context(), id, say("first"))
	require.NoError(t, err)
	full.Store(true)
	requireFull(t, log, 1)
	require.Equal(t, []string{"first"}, look(t, log, id).reasons)
	full.Store(false)
	_, err = orders.Execute(t.Context(), id, say("second"))
	require.NoError(t, err)
}
