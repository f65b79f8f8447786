package main

import (
	"context"
	"errors"
	"fmt"

	"tiffin/bench/measure"
	"tiffin/bench/report"
	"tiffin/bench/system"
)

// idle is how much memory everything takes in one process, when it is ready and nobody asks for anything.
func idle(ctx context.Context, e *env) (row report.Row, err error) {
	p, err := system.Start(ctx, system.Options{Binary: e.binary, DataDir: e.folder()})
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	bytes, err := p.Resident(ctx)
	return report.Row{
		What: "idle memory of the whole system", Value: float64(bytes) / 1e6, Unit: "MB", Floor: report.AtMost(250),
		Note: fmt.Sprintf("first start, with seeding: %.1f s", p.ReadyIn.Seconds()),
	}, err
}

// nextStart is how long a start takes that finds the demo data.
func nextStart(ctx context.Context, e *env) (row report.Row, err error) {
	o := system.Options{Binary: e.binary, DataDir: e.folder()}
	start := func(ctx context.Context) (float64, error) {
		p, err := system.Start(ctx, o)
		if err != nil {
			return 0, err
		}
		return p.ReadyIn.Seconds(), p.Stop()
	}
	if _, err := start(ctx); err != nil {
		return row, err
	}
	took, err := measure.Turns(ctx, e.rounds, start)
	if err != nil {
		return row, err
	}
	return report.Row{What: "next start with the demo data, built", Value: took[0], Unit: "s", Floor: report.AtMost(5)}, nil
}

// city is the whole system as a process, and a client with what it needs to order.
type city struct {
	*system.Client
	process   *system.Process
	customers []system.Customer
	baskets   []system.Basket
}

// openCity starts a system that takes orders and shows them; nobody carries them on, for that is measured by itself.
func openCity(ctx context.Context, e *env, s syncing, settings ...string) (*city, error) {
	return startCity(ctx, e, append(settings, "TIFFIN_SYNC="+string(s), "TIFFIN_WITHOUT=fulfilment")...)
}

func startCity(ctx context.Context, e *env, settings ...string) (*city, error) {
	p, err := system.Start(ctx, system.Options{Binary: e.binary, DataDir: e.folder(), Settings: settings})
	if err != nil {
		return nil, err
	}
	c := &city{Client: system.NewClient(p.URL, 2*clients), process: p}
	var err1, err2 error
	c.customers, err1 = c.Customers(ctx)
	c.baskets, err2 = c.Baskets(ctx)
	if err := errors.Join(err1, err2); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

func (c *city) close() error {
	c.Close()
	return c.process.Stop()
}

// order places the nth order: everybody orders everywhere.
func (c *city) order(ctx context.Context, n int) (system.Order, error) {
	return c.Place(ctx, c.customers[n%len(c.customers)], c.baskets[n/len(c.customers)%len(c.baskets)])
}
