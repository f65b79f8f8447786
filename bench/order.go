package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	"tiffin/bench/system"
)

// drainWithin is how far the views may lag when the last order is placed.
const drainWithin = time.Second

// order is the main job through everything: gateway, two gRPC hops, append, and all views applying meanwhile.
func order(s syncing) func(context.Context, *env) (report.Row, error) {
	return func(ctx context.Context, e *env) (row report.Row, err error) {
		h, err := openHouse(ctx, e, s)
		if err != nil {
			return row, err
		}
		defer h.close()
		raw, err := h.orderPublisher(ctx)
		if err != nil {
			return row, err
		}
		c, err := openCity(ctx, e, s)
		if err != nil {
			return row, err
		}
		defer func() { err = errors.Join(err, c.close()) }()
		var slowest time.Duration
		rates, err := measure.Turns(ctx, e.rounds,
			func(ctx context.Context) (float64, error) {
				rate, drained, err := c.orders(ctx, e.load())
				slowest = max(slowest, drained)
				return rate, err
			},
			func(ctx context.Context) (float64, error) {
				return measure.Rate(ctx, e.load(), func(ctx context.Context, _ int) error { return raw.first(ctx) })
			})
		if err != nil {
			return row, err
		}
		row = report.Row{
			What:  "order by REST ÷ raw guarded publish, 32 clients, sync " + string(s),
			Value: rates[0], Unit: perSecond, Ceiling: rates[1], Floor: report.AtLeast(0.10),
			Note: fmt.Sprintf("views drained in %d ms", slowest.Milliseconds()),
		}
		if slowest > drainWithin {
			row.Misses = "the views lag more than a second"
		}
		return row, nil
	}
}

// orders places as many as it can, and waits for the views.
func (c *city) orders(ctx context.Context, l measure.Load) (rate float64, drained time.Duration, err error) {
	before, err := c.Views(ctx)
	if err != nil {
		return 0, 0, err
	}
	var n atomic.Int64
	last := make([]system.Order, l.Workers)
	rate, err = measure.Rate(ctx, l, func(ctx context.Context, worker int) (err error) {
		last[worker], err = c.order(ctx, int(n.Add(1)))
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	// Which worker's order came last is not known: wait for all.
	for _, o := range last {
		took, err := c.Drain(ctx, before, o)
		if err != nil {
			return 0, 0, err
		}
		drained += took
	}
	return rate, drained, nil
}
