package lake_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/eventlog"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/lake/store"
)

// BenchmarkReplay follows the same log from the hub, and then from the lake.
func BenchmarkReplay(b *testing.B) {
	c := cellOn(b.Context(), b, hubtest.Connect(b), store.Dir(b.TempDir()))
	c.atOnce = 50_000
	const orders = 20_000
	for range orders {
		id := c.id()
		for _, e := range []*orderEvent{placed(), confirmed(), completed()} {
			_, err := c.orders.Execute(c.ctx, id, func(facts) (*orderEvent, error) { return e, nil })
			require.NoError(b, err)
		}
	}
	c.now = c.now.Add(30 * day)
	replay := func(b *testing.B) {
		n := 0
		for b.Loop() {
			err := c.log.Follow(c.ctx, eventlog.FollowOptions{Domains: both, Personal: eventlog.Closed}, func(_ context.Context, batch eventlog.Batch) error {
				if n += len(batch.Events); batch.Pending == 0 {
					return errCaughtUp
				}
				return nil
			})
			require.ErrorIs(b, err, errCaughtUp)
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
	}
	b.Run("hub", replay)
	start := time.Now()
	require.NoError(b, c.export(-1))
	b.Logf("%d events were exported and purged in %s", 3*orders, time.Since(start).Round(time.Millisecond))
	require.Zero(b, c.inHub())
	b.Run("lake", replay)
}
