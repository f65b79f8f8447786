package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	"tiffin/bench/system"
)

const (
	// times its capacity is what the system is asked for, by more connections than it has places for.
	times    = 3
	flooders = 2048
	// usual is how many calls a second it is asked before and after: next to nothing.
	usual = 100
	// backWithin is after how many seconds an answer must take no more than twice what it took before.
	backWithin = 10
)

// flood asks for more than the system can do, and looks at what it still does meanwhile, what that takes, and what is left of
// it afterwards. The system is given half of the processors for all of that, so that whoever asks has the others: on the same ones,
// they could not ask for three times as much.
func flood(ctx context.Context, e *env) (row report.Row, err error) {
	c, err := openCity(ctx, e, always, fmt.Sprintf("GOMAXPROCS=%d", max(1, runtime.NumCPU()/2)))
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	placed, err := c.placeAndAwait(ctx, e.read)
	if err != nil {
		return row, err
	}
	var n atomic.Int64
	capacity, err := measure.Rate(ctx, e.load(), func(ctx context.Context, _ int) error { return c.visit(ctx, c.Client, placed, int(n.Add(1))) })
	if err != nil {
		return row, err
	}
	before, err := c.answer(ctx, placed)
	if err != nil {
		return row, err
	}
	resident, err := c.process.Resident(ctx)
	if err != nil {
		return row, err
	}
	f, err := c.flooded(ctx, e, times*capacity, placed)
	if err != nil {
		return row, err
	}
	recovered, err := c.recovered(ctx, placed, 2*before)
	if err != nil {
		return row, err
	}
	grown := float64(f.peak) / float64(resident)
	var misses []string
	if grown > 2 {
		misses = append(misses, "memory has more than doubled")
	}
	if f.asked < 0.9*times*capacity {
		misses = append(misses, fmt.Sprintf("asked for no more than %.1f times", f.asked/capacity))
	}
	if recovered < 0 {
		misses = append(misses, fmt.Sprintf("not back to normal within %d s", backWithin))
	}
	return report.Row{
		What:  "answers at 3 × capacity ÷ capacity (visits: 1 call in 10 an order)",
		Value: float64(f.answered.Load()) / f.span.Seconds(), Unit: perSecond, Ceiling: capacity, Floor: report.AtLeast(0.6),
		Misses: strings.Join(misses, ", "),
		Note: fmt.Sprintf("asked %.0f/s for %.0f s, %.0f %% turned away; memory %.0f → %.0f MB at most; p50 %.2f ms before, as soon again after %d s",
			f.asked, f.span.Seconds(), 100*float64(f.away.Load())/float64(f.calls), float64(resident)/1e6, float64(f.peak)/1e6, before, recovered),
	}, nil
}

// visit is one call of those that visits consist of: people search, look at menus, and one call in ten is an order, which they look at.
func (c *city) visit(ctx context.Context, by *system.Client, placed []system.Order, n int) error {
	const calls = 10
	basket := c.baskets[n/calls%len(c.baskets)]
	switch n % calls {
	case 0, 1:
		return by.Search(ctx)
	case 2, 3, 4, 5, 6:
		return by.Menu(ctx, basket)
	case 7:
		_, err := by.Place(ctx, c.customers[n/calls%len(c.customers)], basket)
		return err
	default:
		return by.Read(ctx, placed[n%len(placed)], "")
	}
}

// answer is how long half of the calls take at most while there are few.
func (c *city) answer(ctx context.Context, placed []system.Order) (float64, error) {
	var n atomic.Int64
	return measure.P50(ctx, measure.Pace{PerSecond: usual, Span: time.Second},
		func(ctx context.Context) error { return c.Read(ctx, placed[int(n.Add(1))%len(placed)], "") })
}

// flooding is what was seen of a flood.
type flooding struct {
	answered, away atomic.Int64
	calls          int
	asked          float64
	span           time.Duration
	// peak is the most memory that the system was in.
	peak uint64
}

func (c *city) flooded(ctx context.Context, e *env, perSecond float64, placed []system.Order) (*flooding, error) {
	client := system.NewClient(c.process.URL, flooders)
	defer client.Close()
	f := &flooding{span: e.flood}
	group, ctx := errgroup.WithContext(ctx)
	over := make(chan struct{})
	group.Go(func() error {
		defer close(over)
		start := time.Now()
		var err error
		f.calls, err = measure.Flood(ctx, perSecond, e.flood, flooders, func(ctx context.Context, n int) error {
			err := c.visit(ctx, client, placed, n)
			switch {
			case err == nil:
				f.answered.Add(1)
			case errors.Is(err, system.ErrTurnedAway):
				f.away.Add(1)
			default:
				return err
			}
			return nil
		})
		f.span = time.Since(start) // the last answers included
		f.asked = float64(f.calls) / f.span.Seconds()
		return err
	})
	group.Go(func() error {
		look := time.NewTicker(200 * time.Millisecond)
		defer look.Stop()
		for {
			now, err := c.process.Memory()
			if err != nil {
				return err
			}
			f.peak = max(f.peak, now)
			select {
			case <-over:
				return nil
			case <-look.C:
			}
		}
	})
	return f, group.Wait()
}

// recovered is after how many seconds an answer takes no longer than that; -1: not within those that it is given.
func (c *city) recovered(ctx context.Context, placed []system.Order, atMost float64) (int, error) {
	for second := range backWithin {
		p50, err := c.answer(ctx, placed)
		if err != nil {
			return 0, err
		}
		if p50 <= atMost {
			return second + 1, nil
		}
	}
	return -1, nil
}
