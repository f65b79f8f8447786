package gateway

import (
	"context"
	"errors"

	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/pause"
)

// Difference is an operation on which log and provider do not agree.
type Difference struct {
	OperationID string
	// Log and Provider each say "succeeded" or "refused"; the provider also "never heard".
	Log, Provider string
}

// Reconciliation is what a comparison found.
type Reconciliation struct {
	// Through is the position that was compared up to, Compared how many operations had an outcome in the log, and Open how
	// many had none.
	Through        uint64
	Compared, Open int
	Differences    []Difference
}

var errCaughtUp = errors.New("caught up")

// Reconcile asks the provider about every operation whose outcome the log recorded after the position, and compares. An
// operation that opened before the position is compared when it closes after it. While the provider does not answer it waits
// and asks again, until ctx ends.
func (g *Gateway[I, O]) Reconcile(ctx context.Context, after uint64) (Reconciliation, error) {
	r := Reconciliation{Through: after}
	opened := map[string]bool{}
	var closed []Closed
	err := g.o.Log.Follow(ctx, eventlog.FollowOptions{After: after, Domains: g.domains()}, func(_ context.Context, b eventlog.Batch) error {
		for _, e := range b.Events {
			change, err := g.route(e)
			if err != nil { // it is parked, and compared when it is not
				r.Through = e.Position
				continue
			}
			for _, c := range change.Closes {
				closed = append(closed, c)
				delete(opened, c.OperationID)
			}
			if change.Opens != "" {
				opened[change.Opens] = true
			}
			r.Through = e.Position
		}
		if b.Pending == 0 {
			return errCaughtUp
		}
		return nil
	})
	if !errors.Is(err, errCaughtUp) {
		return r, err
	}
	r.Open, r.Compared = len(opened), len(closed)
	for _, c := range closed {
		said, err := g.said(ctx, c.OperationID)
		if err != nil {
			return r, err
		}
		if log := word(c.Succeeded); log != said {
			r.Differences = append(r.Differences, Difference{OperationID: c.OperationID, Log: log, Provider: said})
		}
	}
	return r, nil
}

func (g *Gateway[I, O]) said(ctx context.Context, operationID string) (string, error) {
	for {
		outcome, err := g.request(ctx, "reconcile", func(ctx context.Context) (O, error) { return g.o.Provider.Ask(ctx, operationID) })
		switch {
		case err == nil:
			return word(g.o.Succeeded(outcome)), nil
		case errors.Is(err, ErrNeverHeard):
			return "never heard", nil
		}
		if err := pause.For(ctx, g.o.RetryAfter); err != nil {
			return "", err
		}
	}
}

func word(succeeded bool) string {
	if succeeded {
		return "succeeded"
	}
	return "refused"
}

// reconcile compares now and then, each time what is new. A difference is for somebody to look at: nothing is changed.
func (g *Gateway[I, O]) reconcile(ctx context.Context, after uint64) error {
	for {
		if err := pause.For(ctx, g.o.ReconcileEvery); err != nil {
			return err
		}
		r, err := g.Reconcile(ctx, after)
		if err != nil {
			g.o.Logger.WarnContext(ctx, "not reconciled; tried again later", "gateway", g.o.Name, "error", err)
			continue
		}
		after = r.Through
		g.meters.differ(ctx, len(r.Differences))
		for _, d := range r.Differences {
			g.o.Logger.ErrorContext(ctx, "log and provider do not agree: somebody must look", "gateway", g.o.Name,
				"operation", d.OperationID, "log", d.Log, "provider", d.Provider)
		}
	}
}

func (g *Gateway[I, O]) domains() []proto.Message { return []proto.Message{g.o.Domain} }
