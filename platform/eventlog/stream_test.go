package eventlog_test

import (
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
)

func TestOpeningKeepsTheOperatorsChoicesAndRestoresWhatTheLogReliesOn(t *testing.T) {
	nc := hubtest.Connect(t)
	js, err := jetstream.New(nc)
	require.NoError(t, err)
	_, err = js.CreateStream(t.Context(), jetstream.StreamConfig{
		Name: eventlog.Stream, Subjects: []string{"evt.ordering.>"}, Storage: jetstream.MemoryStorage, MaxBytes: 1 << 20,
	})
	require.NoError(t, err)
	for range 2 {
		eventlogtest.On(t, nc)
		stream, err := js.Stream(t.Context(), eventlog.Stream)
		require.NoError(t, err)
		config := stream.CachedInfo().Config
		require.Equal(t, jetstream.MemoryStorage, config.Storage)
		require.EqualValues(t, 1<<20, config.MaxBytes)
		require.True(t, config.AllowDirect)
		require.Equal(t, []string{"evt.>"}, config.Subjects)
		require.Equal(t, jetstream.DiscardNew, config.Discard)
	}
}
