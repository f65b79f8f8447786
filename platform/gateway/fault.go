package gateway

import (
	"context"
	"fmt"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/pause"
	"tiffin/platform/seal"
)

func (g *Gateway[I, O]) consumer() fault.Consumer {
	return fault.Consumer{Kind: fault.Gateway, Owner: eventlog.DomainOf(g.o.Domain), Name: g.o.Name, Version: 1}
}

// gate returns which aggregates stand behind faults; nil where there is no place for any.
func (g *Gateway[I, O]) gate(ctx context.Context) (*fault.Gate, error) {
	if g.o.Faults == nil {
		return nil, nil
	}
	return g.o.Faults.Gate(ctx, g.consumer(), func(ctx context.Context, r eventlog.Record) ([]string, error) {
		e, err := g.decode(ctx, r)
		if err != nil || e.Data == nil {
			return nil, err
		}
		return seal.Words(e.Data), nil
	})
}

func (g *Gateway[I, O]) decode(ctx context.Context, r eventlog.Record) (eventlog.Event, error) {
	if r.Data == nil { // it was too long to be parked
		e, _, err := g.o.Log.At(ctx, r.Position, eventlog.Opened, g.domains()...)
		return e, err
	}
	return g.o.Log.Decode(ctx, r, eventlog.FollowOptions{Domains: g.domains()})
}

// route is Route for an event that may not be readable. An error is poison.
func (g *Gateway[I, O]) route(e eventlog.Event) (change Change[I], err error) {
	if e.Err != nil {
		return change, fault.Poisoned(e.Err)
	}
	err = fault.Catch(func() error {
		change = g.o.Route(e)
		return nil
	})
	return change, err
}

// routeOrPark returns what the event says; nothing where it is parked, or stands behind one that is. It waits for a place to
// park it in.
func (g *Gateway[I, O]) routeOrPark(ctx context.Context, gate *fault.Gate, e eventlog.Event) (change Change[I], err error) {
	if gate == nil {
		return g.route(e)
	}
	k := fault.Key{Kind: fault.Subject, ID: e.Record.Subject}
	for {
		flows := !gate.Closed(k)
		parked, err := gate.Pass(ctx, k, e.Record, func() (err error) {
			change, err = g.route(e)
			return err
		})
		if parked && flows {
			g.o.Logger.ErrorContext(ctx, "an event can't be understood: it and what follows for its aggregate are parked, the rest goes on",
				"fault", fault.ID(g.consumer(), k), "position", e.Position)
		}
		if parked {
			return Change[I]{}, nil
		}
		if err == nil {
			return change, nil
		}
		g.o.Logger.WarnContext(ctx, "can't park an event yet", "gateway", g.o.Name, "position", e.Position, "error", err)
		if err := pause.For(ctx, g.o.RetryAfter); err != nil {
			return change, err
		}
	}
}

// serve answers requests to process again what is parked, until ctx ends.
func (g *Gateway[I, O]) serve(ctx context.Context, t *tasks[I], gate *fault.Gate) error {
	if gate == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	for {
		err := gate.Serve(ctx, func(ctx context.Context, r fault.Request) func(fault.Entry) error {
			return func(entry fault.Entry) error { return g.again(ctx, t, entry, r.DryRun) }
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		g.o.Logger.WarnContext(ctx, "answering requests to resubmit again", "gateway", g.o.Name, "error", err)
		if err := pause.For(ctx, g.o.RetryAfter); err != nil {
			return err
		}
	}
}

// again processes what is parked. An operation that it opens is carried out here and now, for the checkpoint may have gone
// past it: until its outcome is recorded it stays parked.
func (g *Gateway[I, O]) again(ctx context.Context, t *tasks[I], entry fault.Entry, dryRun bool) error {
	e, err := g.decode(ctx, entry.Event)
	if err != nil {
		return err
	}
	change, err := g.route(e)
	if err != nil || dryRun {
		return err
	}
	t.close(change.Closes)
	if change.Opens == "" {
		return nil
	}
	// An earlier try may have called the provider.
	if err := g.carryOut(ctx, &task[I]{called: true, Operation: operationOf(e, change)}); err != nil {
		return fmt.Errorf("operation %s: %w", change.Opens, err)
	}
	return nil
}
