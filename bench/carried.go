package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"tiffin/bench/measure"
	"tiffin/bench/report"
)

const (
	// carrying is how many orders are open at once; couriers are enough that none waits for one.
	carrying = 64
	couriers = "96"
	// calls is how many requests a second the card processor is asked at most: not what is measured here.
	calls = "2000"
)

// carried is the whole story: how many orders a second go from the basket to the doorstep and are paid for, through every
// service and three BFFs, with people who never think.
func carried(ctx context.Context, e *env) (row report.Row, err error) {
	h, err := openHouse(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer h.close()
	raw, err := h.orderPublisher(ctx)
	if err != nil {
		return row, err
	}
	c, err := startCity(ctx, e, "TIFFIN_SYNC="+string(lazy), "TIFFIN_TIME_FACTOR=10", "TIFFIN_DEMO_COURIERS="+couriers,
		"TIFFIN_PROCESSOR_PER_SECOND="+calls)
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	staff, err := c.hire(ctx)
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(staff.leave(), err) }()
	// It takes a second until as many are under way at every step as will be.
	load := measure.Load{Workers: carrying, WarmUp: max(time.Second, 4*e.warmUp), Span: max(3*time.Second, 2*e.span)}
	var n, took atomic.Int64
	var done atomic.Int64
	rates, err := measure.Turns(ctx, e.rounds,
		func(ctx context.Context) (float64, error) {
			return measure.Rate(ctx, load, func(ctx context.Context, _ int) error {
				began := time.Now()
				err := staff.carry(ctx, int(n.Add(1)))
				took.Add(int64(time.Since(began)))
				done.Add(1)
				return err
			})
		},
		func(ctx context.Context) (float64, error) {
			return measure.Rate(ctx, e.load(), func(ctx context.Context, _ int) error { return raw.first(ctx) })
		})
	if err != nil {
		return row, err
	}
	return report.Row{
		What:  "orders carried through all steps ÷ raw guarded publish, 64 open, sync lazy",
		Value: rates[0], Unit: perSecond, Ceiling: rates[1], Floor: report.AtLeast(0.003),
		Note: fmt.Sprintf("from order to completed: %d ms on average", time.Duration(took.Load()/max(1, done.Load())).Milliseconds()),
	}, nil
}
