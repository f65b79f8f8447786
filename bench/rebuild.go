package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/oklog/ulid/v2"
	"golang.org/x/sync/errgroup"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	"tiffin/bff/customer/orders"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/position"
	"tiffin/platform/view"
	"tiffin/services/ordering"
)

// How the view is used while it is rebuilt.
const (
	queriesPerSecond  = 200
	commandsPerSecond = 100
	// slower is by what factor the slowest of a hundred queries may take longer meanwhile.
	slower = 3
)

// rebuild is a view that is built anew beside what is served, over orders that were placed, confirmed and completed, while
// others are placed and looked up.
func rebuild(ctx context.Context, e *env) (row report.Row, err error) {
	h, err := openHouse(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer h.close()
	if err := h.fill(ctx, e.rebuilt); err != nil {
		return row, err
	}
	last, err := h.log.LastPosition(ctx, &orderingv1.OrderEvent{})
	if err != nil {
		return row, err
	}
	raw, err := measure.Turns(ctx, min(e.rounds, 3), func(ctx context.Context) (float64, error) {
		return measure.Once(ctx, func(ctx context.Context) error { return h.replayRaw(ctx, last) })
	})
	if err != nil {
		return row, err
	}
	db, err := openStore()
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	v, stop, err := h.keep(ctx, db, "rebuilt")
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	u := &use{v: v, orders: newOrders(h.log)}
	began := time.Now()
	before, err := u.until(ctx, func() bool { return time.Since(began) >= e.before })
	if err != nil {
		return row, err
	}
	took := 0.0
	during, err := u.rebuilding(ctx, h, &took)
	if err != nil {
		return row, err
	}
	p99, was := measure.Quantile(during, 0.99), measure.Quantile(before, 0.99)
	row = report.Row{
		What:  "rebuild of a view beside what is served, in use ÷ raw ordered replay",
		Value: float64(last) / took * 1000, Unit: "events/s", Ceiling: float64(last) / raw[0] * 1000, Floor: report.AtLeast(0.05),
		Note: fmt.Sprintf("%d events, %d queries and %d commands meanwhile, none failed or behind; slowest of 100 queries %.1f ms, before %.1f ms",
			last, len(during), u.commands.Load(), p99, was),
	}
	if p99 > slower*was {
		row.Misses = fmt.Sprintf("the slowest of 100 queries took %.1f times as long", p99/was)
	}
	return row, nil
}

// use is what is done with a view.
type use struct {
	v        *view.View[orders.Document]
	orders   *aggregate
	commands atomic.Int64
	// placed is the order that was placed last.
	placed atomic.Pointer[placement]
}

type placement struct {
	id string
	at uint64
}

// command places an order.
func (u *use) command(ctx context.Context) error {
	id := ulid.Make().String()
	at, err := u.orders.Create(commanded(ctx, id), id, func(ordering.Order) (*orderingv1.OrderEvent, error) {
		return placed(int(u.commands.Add(1))), nil
	})
	if err == nil {
		u.placed.Store(&placement{id, at})
	}
	return err
}

// query looks the order up that was placed last, and presents the position of that.
func (u *use) query(ctx context.Context) error {
	p := u.placed.Load()
	if p == nil {
		return nil
	}
	stale, err := u.v.WaitFor(ctx, position.Token{eventlog.DomainOf(&orderingv1.OrderEvent{}): p.at})
	if err != nil {
		return err
	}
	_, at, found, err := u.v.Get(ctx, p.id)
	if err == nil && (stale || !found || at < p.at) {
		err = fmt.Errorf("order %s was placed at %d, and the answer is of %d (found %v, stale %v)", p.id, p.at, at, found, stale)
	}
	return err
}

// until uses the view until enough says so, and returns how long the queries took, in milliseconds.
func (u *use) until(ctx context.Context, enough func() bool) (took []float64, err error) {
	if err := u.command(ctx); err != nil {
		return nil, err
	}
	group, ctx := errgroup.WithContext(ctx)
	second := func(perSecond int) measure.Pace { return measure.Pace{PerSecond: perSecond, Span: time.Second} }
	group.Go(func() error {
		for !enough() {
			if _, err := measure.Times(ctx, second(commandsPerSecond), u.command); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		for !enough() {
			some, err := measure.Times(ctx, second(queriesPerSecond), u.query)
			if err != nil {
				return err
			}
			took = append(took, some...)
		}
		return nil
	})
	return took, group.Wait()
}

// rebuilding uses the view while it is rebuilt, and tells how long that takes, in milliseconds.
func (u *use) rebuilding(ctx context.Context, h *house, took *float64) ([]float64, error) {
	rebuilds, err := view.OpenRebuilds(ctx, h.nc, 1)
	if err != nil {
		return nil, err
	}
	u.commands.Store(0)
	var over atomic.Bool
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		defer over.Store(true)
		*took, err = measure.Once(ctx, func(ctx context.Context) error {
			spec := orders.Spec()
			if err := rebuilds.Ask(ctx, "bench", spec.Name, spec.Version, view.Rebuild); err != nil {
				return err
			}
			look := time.NewTicker(5 * time.Millisecond)
			defer look.Stop()
			for u.v.Status().Generation == 1 {
				select {
				case <-ctx.Done():
					return ctx.Err()
				case <-look.C:
				}
			}
			return nil
		})
		return err
	})
	var queries []float64
	group.Go(func() (err error) {
		queries, err = u.until(ctx, over.Load)
		return err
	})
	return queries, group.Wait()
}
