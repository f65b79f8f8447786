package location_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/testing/protocmp"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/location"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// A map of the embedded hub's own that lives as long as the process.
		goleak.IgnoreTopFunction("github.com/nats-io/nats-server/v2/server.init.0.func1"))
}

const patience = 30 * time.Second

func at(id string, n int) location.Position {
	return location.Position{
		CourierID: id, At: &typev1.Location{Latitude: 52, Longitude: 13 + float64(n)/1000}, Time: time.Unix(int64(n), 5).UTC(),
	}
}

func TestTheLastPositionIsKept(t *testing.T) {
	nc := hubtest.Connect(t)
	store, err := location.Open(t.Context(), nc)
	require.NoError(t, err)
	_, known, err := store.Latest(t.Context(), "ben")
	require.NoError(t, err)
	require.False(t, known)
	for n := range 50 {
		require.NoError(t, store.Publish(at("ben", n)))
		require.NoError(t, store.Publish(at("cleo", n)))
	}
	require.Eventually(t, func() bool {
		p, known, err := store.Latest(t.Context(), "ben")
		return err == nil && known && cmp.Diff(at("ben", 49), p, protocmp.Transform()) == ""
	}, patience, time.Millisecond)
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	stream, err := js.Stream(t.Context(), location.Stream)
	require.NoError(t, err)
	info, err := stream.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, jetstream.MemoryStorage, info.Config.Storage, "never on disk")
	require.EqualValues(t, 2, info.State.Msgs, "the last of each courier")
}

func TestWatchBeginsWithWhereEverybodyIs(t *testing.T) {
	store, err := location.Open(t.Context(), hubtest.Connect(t))
	require.NoError(t, err)
	for n, id := range []string{"ben", "cleo"} {
		require.NoError(t, store.Publish(at(id, n)))
		require.Eventually(t, func() bool { _, known, _ := store.Latest(t.Context(), id); return known }, patience, time.Millisecond)
	}
	ctx, cancel := context.WithCancel(t.Context())
	seen, one := make(chan string, 10), make(chan string, 10)
	ended := make(chan error, 2)
	tell := func(to chan<- string) func(location.Position) {
		return func(p location.Position) { to <- fmt.Sprint(p.CourierID, " ", p.Time.Unix()) }
	}
	go func() { ended <- store.Watch(ctx, tell(seen)) }()
	go func() { ended <- store.Watch(ctx, tell(one), "cleo") }()
	require.ElementsMatch(t, []string{"ben 0", "cleo 1"}, []string{<-seen, <-seen})
	require.Equal(t, "cleo 1", <-one)
	require.NoError(t, store.Publish(at("ben", 2)))
	require.NoError(t, store.Publish(at("cleo", 3)))
	require.Equal(t, "ben 2", <-seen)
	require.Equal(t, "cleo 3", <-one)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
	require.ErrorIs(t, <-ended, context.Canceled)
}

func TestAnIdThatIsNoTokenIsRefused(t *testing.T) {
	store, err := location.Open(t.Context(), hubtest.Connect(t))
	require.NoError(t, err)
	for _, id := range []string{"", "a.b", "*", ">", "a b"} {
		require.Error(t, store.Publish(at(id, 1)), "%q", id)
	}
}
