package measure

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Pace is how often something is called, whether or not the calls before have ended.
type Pace struct {
	PerSecond    int
	WarmUp, Span time.Duration
}

// P50 returns how long half of the calls took at most, in milliseconds. Calls of the warm-up don't count.
func P50(ctx context.Context, p Pace, do func(ctx context.Context) error) (float64, error) {
	took, err := Times(ctx, p, do)
	return Median(took), err
}

// Times returns how long each of the calls took, in milliseconds. Calls of the warm-up don't count.
func Times(ctx context.Context, p Pace, do func(ctx context.Context) error) ([]float64, error) {
	if p.PerSecond < 1 {
		return nil, fmt.Errorf("measure: a pace of %d calls a second", p.PerSecond)
	}
	every := time.Second / time.Duration(p.PerSecond)
	start, calls := time.Now(), int((p.WarmUp+p.Span)/every)
	var mu sync.Mutex
	var took []float64
	group, calling := errgroup.WithContext(ctx)
	for i := range calls {
		due := time.Duration(i) * every
		if err := sleepUntil(calling, start.Add(due)); err != nil {
			break // a call has failed, and says why
		}
		group.Go(func() error {
			began := time.Now()
			err := do(calling)
			if ended := time.Since(began); due >= p.WarmUp {
				mu.Lock()
				defer mu.Unlock()
				took = append(took, milliseconds(ended))
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return took, ctx.Err()
}

// Once returns how long one call takes, in milliseconds.
func Once(ctx context.Context, do func(ctx context.Context) error) (float64, error) {
	began := time.Now()
	err := do(ctx)
	return milliseconds(time.Since(began)), err
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func sleepUntil(ctx context.Context, due time.Time) error {
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
