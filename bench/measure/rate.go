package measure

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Load is how hard and how long something is measured.
type Load struct {
	// Workers call one after the other each, without a pause.
	Workers int
	// WarmUp comes first and is not counted; Span is.
	WarmUp, Span time.Duration
}

// Rate returns how many calls a second ended within the span. do is told which worker it is, from 0.
func Rate(ctx context.Context, l Load, do func(ctx context.Context, worker int) error) (float64, error) {
	from := time.Now().Add(l.WarmUp)
	to := from.Add(l.Span)
	var calls atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for worker := range l.Workers {
		group.Go(func() error {
			counted := int64(0)
			for {
				if err := do(ctx, worker); err != nil {
					return err
				}
				now := time.Now()
				if now.After(to) {
					calls.Add(counted)
					return nil
				}
				if now.After(from) {
					counted++
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	return float64(calls.Load()) / l.Span.Seconds(), nil
}

// Each calls do for 0 to n-1, by that many workers.
func Each(ctx context.Context, workers, n int, do func(ctx context.Context, i int) error) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range workers {
		group.Go(func() error {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(ctx, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
