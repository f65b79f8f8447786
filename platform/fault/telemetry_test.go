package fault

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"tiffin/platform/hub/hubtest"
)

// measured are a store's metrics, by name and consumer.
func measured(t *testing.T, reader sdkmetric.Reader) map[string]float64 {
	t.Helper()
	var all metricdata.ResourceMetrics
	require.NoError(t, reader.Collect(context.Background(), &all))
	out := map[string]float64{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			switch data := m.Data.(type) {
			case metricdata.Gauge[int64]:
				for _, p := range data.DataPoints {
					name, _ := p.Attributes.Value("tiffin.consumer.name")
					out[m.Name+" "+name.AsString()] = float64(p.Value)
				}
			case metricdata.Gauge[float64]:
				for _, p := range data.DataPoints {
					name, _ := p.Attributes.Value("tiffin.consumer.name")
					out[m.Name+" "+name.AsString()] = p.Value
				}
			}
		}
	}
	return out
}

func TestWhatIsParkedForEachConsumerIsMeasured(t *testing.T) {
	now := time.Unix(1000, 0)
	reader := sdkmetric.NewManualReader()
	s, err := Open(t.Context(), hubtest.Connect(t), Options{
		Now: func() time.Time { return now }, MeterProvider: sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader)),
	})
	require.NoError(t, err)
	// again has the next look be a new one.
	again := func() { s.looks.at = time.Time{} }
	for _, c := range []Consumer{orders, process} {
		stop, err := s.Observe(func() Consumer { return c })
		require.NoError(t, err)
		t.Cleanup(stop)
	}
	require.Equal(t, map[string]float64{
		"tiffin.fault.parked orders": 0, "tiffin.fault.events orders": 0, "tiffin.fault.oldest orders": 0,
		"tiffin.fault.parked processes": 0, "tiffin.fault.events processes": 0, "tiffin.fault.oldest processes": 0,
	}, measured(t, reader))

	older := orders
	older.Version = 11
	behind := parked("a", 7, "")
	behind.Consumer = older
	require.NoError(t, s.Park(t.Context(), parked("a", 7, "no"), parked("a", 9, ""), behind))
	now = now.Add(time.Minute)
	require.NoError(t, s.Park(t.Context(), parked("b", 8, "no")))
	now = now.Add(time.Second)
	again()
	got := measured(t, reader)
	require.InEpsilon(t, 2, got["tiffin.fault.parked orders"], 0)
	require.InEpsilon(t, 3, got["tiffin.fault.events orders"], 0)
	require.InEpsilon(t, 61, got["tiffin.fault.oldest orders"], 0)
	require.Zero(t, got["tiffin.fault.parked processes"])

	require.NoError(t, s.Renew(t.Context(), parked("a", 7, "no, again")))
	clear(s.looks.since)
	again()
	require.InEpsilon(t, 61, measured(t, reader)["tiffin.fault.oldest orders"], 0, "it is parked since it was parked first")
	require.NoError(t, s.Drop(t.Context(), parked("a", 7, "").FaultID(), 9))
	again()
	require.InEpsilon(t, 1, measured(t, reader)["tiffin.fault.oldest orders"], 0)
}

// counted counts what is read of a stream.
type counted struct {
	jetstream.Stream
	reads int
}

func (c *counted) GetLastMsgForSubject(ctx context.Context, subject string) (*jetstream.RawStreamMsg, error) {
	c.reads++
	return c.Stream.GetLastMsgForSubject(ctx, subject)
}

func TestSinceWhenSomethingIsParkedIsReadOnceThoughTheHubIsAwayMeanwhile(t *testing.T) {
	s := open(t)
	reads := &counted{Stream: s.stream}
	s.stream = reads
	require.NoError(t, s.Park(t.Context(), parked("a", 7, "no"), parked("b", 8, "no")))
	look := func(ctx context.Context) (standing, error) {
		s.looks.at = time.Time{}
		return s.standingOf(ctx, orders)
	}
	known, err := look(t.Context())
	require.NoError(t, err)
	require.Equal(t, 2, known.keys)
	require.Equal(t, 2, reads.reads)
	away, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = look(away)
	require.ErrorIs(t, err, context.Canceled)
	again, err := look(t.Context())
	require.NoError(t, err)
	require.Equal(t, known, again)
	require.Equal(t, 2, reads.reads)
}

func TestWithoutAStoreThereIsNothingToMeasure(t *testing.T) {
	var s *Store
	stop, err := s.Observe(func() Consumer { return orders })
	require.NoError(t, err)
	stop()
}
