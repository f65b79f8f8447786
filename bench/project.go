package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/bench/measure"
	"tiffin/bff/customer/orders"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/position"
	"tiffin/platform/view"
)

// documents are orders as the customer BFF's view made them.
type documents struct {
	collection *mongo.Collection
	ids        []string
	sample     bson.D
}

// project places n orders and lets the view make documents of them.
func (h *house) project(ctx context.Context, db *store, n int) (*documents, error) {
	ids, placing := make([]string, n), newOrders(h.log)
	err := measure.Each(ctx, clients, n, func(ctx context.Context, i int) (err error) {
		ids[i], err = place(ctx, placing, i)
		return err
	})
	if err != nil {
		return nil, err
	}
	collection, err := h.replayInto(ctx, db, "projected")
	if err != nil {
		return nil, err
	}
	d := &documents{collection: collection, ids: ids}
	return d, collection.FindOne(ctx, bson.D{{Key: "_id", Value: ids[0]}}).Decode(&d.sample)
}

// findOne reads one of the documents with nothing but the driver.
func (d *documents) findOne(ctx context.Context, n int) error {
	_, err := d.collection.FindOne(ctx, bson.D{{Key: "_id", Value: d.ids[n%len(d.ids)]}}).Raw()
	return err
}

// replayInto runs the orders view from position 1 until it has applied the whole log, and stops it.
func (h *house) replayInto(ctx context.Context, db *store, database string) (*mongo.Collection, error) {
	v, stop, err := h.keep(ctx, db, database)
	if err != nil {
		return nil, err
	}
	return v.Collection(), stop()
}

// keep runs the orders view, and returns when it has applied the whole log.
func (h *house) keep(ctx context.Context, db *store, database string) (v *view.View[orders.Document], stop func() error, err error) {
	const patience = 10 * time.Minute
	last, err := h.log.LastPosition(ctx, &orderingv1.OrderEvent{})
	if err != nil {
		return nil, nil, err
	}
	faults, err := fault.Open(ctx, h.nc, fault.Options{})
	if err != nil {
		return nil, nil, err
	}
	rebuilds, err := view.OpenRebuilds(ctx, h.nc, 1)
	if err != nil {
		return nil, nil, err
	}
	v, err = view.New(h.log, db.client.Database(database), orders.Spec(), view.Options{
		BFF: "bench", NATS: h.nc, Faults: faults, Rebuilds: rebuilds, Keys: h.keys, WaitBound: patience, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, nil, err
	}
	running, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- v.Run(running) }()
	stop = func() error {
		cancel()
		if failed := <-ended; !errors.Is(failed, context.Canceled) {
			return failed
		}
		return nil
	}
	stale, err := v.WaitFor(ctx, position.Token{eventlog.DomainOf(&orderingv1.OrderEvent{}): last})
	if err == nil && stale {
		err = fmt.Errorf("the view came to %d of %d", v.Status().Position, last)
	}
	if err != nil {
		return nil, nil, errors.Join(err, stop())
	}
	return v, stop, nil
}
