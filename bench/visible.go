package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/oklog/ulid/v2"
	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/bench/measure"
	"tiffin/bench/report"
)

// pace is that of a city at dinner time.
const pace = 200

// visible is how long it takes from the click to an answer that has the order in it.
func visible(s syncing) func(context.Context, *env) (report.Row, error) {
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
		db, err := openStore()
		if err != nil {
			return row, err
		}
		defer func() { err = errors.Join(err, db.close()) }()
		documents, err := h.project(ctx, db, e.read)
		if err != nil {
			return row, err
		}
		c, err := openCity(ctx, e, s)
		if err != nil {
			return row, err
		}
		defer func() { err = errors.Join(err, c.close()) }()
		var n atomic.Int64
		paced := func(do func(ctx context.Context, n int) error) measure.Side {
			return func(ctx context.Context) (float64, error) {
				return measure.P50(ctx, measure.Pace{PerSecond: pace, WarmUp: e.warmUp, Span: e.span},
					func(ctx context.Context) error { return do(ctx, int(n.Add(1))) })
			}
		}
		took, err := measure.Turns(ctx, e.rounds,
			paced(func(ctx context.Context, n int) error {
				o, err := c.order(ctx, n)
				if err != nil {
					return err
				}
				return c.Read(ctx, o, o.Position)
			}),
			paced(func(ctx context.Context, _ int) error { return raw.first(ctx) }),
			paced(documents.findOne),
			paced(func(ctx context.Context, n int) error { return documents.insertOne(ctx, n) }),
		)
		if err != nil {
			return row, err
		}
		return report.Row{
			What:  "order placed → readable by REST ÷ publish + find + write, p50 at 200/s, sync " + string(s),
			Value: took[0], Unit: "ms", Ceiling: took[1] + took[2] + took[3], Floor: report.AtMost(8),
			Note: fmt.Sprintf("raw publish %.3f, find %.3f, write %.3f ms", took[1], took[2], took[3]),
		}, nil
	}
}

// insertOne writes one of the documents into another collection, under a new id.
func (d *documents) insertOne(ctx context.Context, _ int) error {
	fresh := make(bson.D, 0, len(d.sample))
	for _, field := range d.sample {
		if field.Key == "_id" {
			field.Value = ulid.Make().String()
		}
		fresh = append(fresh, field)
	}
	_, err := d.collection.Database().Collection("written").InsertOne(ctx, fresh)
	return err
}
