package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	"tiffin/bench/system"
)

// read is how fast customers see their orders, by everything that lies between them and the driver.
func read(ctx context.Context, e *env) (row report.Row, err error) {
	h, err := openHouse(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer h.close()
	db, err := openStore()
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	documents, err := h.project(ctx, db, e.read)
	if err != nil {
		return row, err
	}
	c, err := openCity(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	placed, err := c.placeAndAwait(ctx, e.read)
	if err != nil {
		return row, err
	}
	plain, err := serveBare(ctx, documents)
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, plain.close()) }()
	var n atomic.Int64
	spread := func(do func(ctx context.Context, n int) error) measure.Side {
		return func(ctx context.Context) (float64, error) {
			return measure.Rate(ctx, e.load(), func(ctx context.Context, _ int) error { return do(ctx, int(n.Add(1))) })
		}
	}
	rates, err := measure.Turns(ctx, e.rounds,
		spread(func(ctx context.Context, n int) error { return c.Read(ctx, placed[n%len(placed)], "") }),
		spread(documents.findOne),
		spread(func(ctx context.Context, n int) error {
			_, err := plain.Get(ctx, barePath+documents.ids[n%len(documents.ids)])
			return err
		}))
	if err != nil {
		return row, err
	}
	return report.Row{
		What:  "order read by REST ÷ driver FindOne of such a document, 32 clients",
		Value: rates[0], Unit: perSecond, Ceiling: rates[1], Floor: report.AtLeast(0.3),
		Note: fmt.Sprintf("net/http, the driver and encoding/json alone: %.0f/s, %.2f", rates[2], rates[2]/rates[1]),
	}, nil
}

// placeAndAwait places n orders and waits until each can be read.
func (c *city) placeAndAwait(ctx context.Context, n int) ([]system.Order, error) {
	placed := make([]system.Order, n)
	return placed, measure.Each(ctx, clients, n, func(ctx context.Context, i int) error {
		o, err := c.order(ctx, i)
		if err != nil {
			return err
		}
		placed[i] = o
		return c.Read(ctx, o, o.Position)
	})
}
