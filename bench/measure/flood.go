package measure

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Flood calls do at the pace until the span is over, and returns how often it did. Each call has its time, and waits past it
// only while all of the workers are busy. do is told which call it is, from 0; one that fails ends the flood.
func Flood(ctx context.Context, perSecond float64, span time.Duration, workers int, do func(ctx context.Context, n int) error) (int, error) {
	var next, called atomic.Int64
	start, every := time.Now(), time.Duration(float64(time.Second)/perSecond)
	group, ctx := errgroup.WithContext(ctx)
	for range workers {
		group.Go(func() error {
			for {
				n := next.Add(1) - 1
				due := time.Duration(n) * every
				if due > span || time.Since(start) > span {
					return nil
				}
				if err := sleepUntil(ctx, start.Add(due)); err != nil {
					return err
				}
				called.Add(1)
				if err := do(ctx, int(n)); err != nil {
					return err
				}
			}
		})
	}
	err := group.Wait()
	return int(called.Load()), err
}
