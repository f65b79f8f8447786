package main

import (
	"context"
	"sync/atomic"

	"github.com/oklog/ulid/v2"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/services/ordering"
)

const perSecond = "/s"

// executeNew is Execute as placing an order uses it: the aggregate is new, so there is nothing to load.
func executeNew(s syncing) func(context.Context, *env) (report.Row, error) {
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
		orders := newOrders(h.log)
		var n atomic.Int64
		rates, err := measure.Turns(ctx, e.rounds,
			func(ctx context.Context) (float64, error) {
				return measure.Rate(ctx, e.load(), func(ctx context.Context, _ int) error {
					_, err := place(ctx, orders, int(n.Add(1)))
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
			What:  "Execute of a new order ÷ raw guarded publish, 32 writers, sync " + string(s),
			Value: rates[0], Unit: perSecond, Ceiling: rates[1], Floor: report.AtLeast(0.6),
		}, nil
	}
}

// executeNext is Execute on orders that are in the cache of folded states: each writer moves one on, again and again.
func executeNext(ctx context.Context, e *env) (row report.Row, err error) {
	h, err := openHouse(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer h.close()
	raw, err := h.orderPublisher(ctx)
	if err != nil {
		return row, err
	}
	orders, ids := newOrders(h.log), make([]string, clients)
	type subject struct {
		id   string
		last uint64
	}
	subjects := make([]subject, clients)
	for i := range clients {
		if ids[i], err = place(ctx, orders, i); err != nil {
			return row, err
		}
		subjects[i].id = ulid.Make().String()
	}
	again := func(ordering.Order) (*orderingv1.OrderEvent, error) { return placed(1), nil } //nolint:unparam // the form of a decision
	rates, err := measure.Turns(ctx, e.rounds,
		func(ctx context.Context) (float64, error) {
			return measure.Rate(ctx, e.load(), func(ctx context.Context, worker int) error {
				return move(ctx, orders, ids[worker], again)
			})
		},
		func(ctx context.Context) (float64, error) {
			return measure.Rate(ctx, e.load(), func(ctx context.Context, worker int) (err error) {
				s := &subjects[worker]
				s.last, err = raw.publish(ctx, s.id, s.last)
				return err
			})
		})
	if err != nil {
		return row, err
	}
	return report.Row{
		What:  "Execute of an order's next event ÷ raw guarded publish, 32 writers, sync lazy",
		Value: rates[0], Unit: perSecond, Ceiling: rates[1], Floor: report.AtLeast(0.6),
	}, nil
}
