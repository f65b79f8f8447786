package gateway

import (
	"context"
	"fmt"

	"github.com/sony/gobreaker/v2"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/lease"
	"tiffin/platform/pause"
)

// Gateway carries out what one domain wants from one provider.
type Gateway[I, O any] struct {
	o       Options[I, O]
	breaker *gobreaker.CircuitBreaker[O]
	limit   *rate.Limiter
	tracer  trace.Tracer
	meters  *meters
}

const scope = "tiffin/platform/gateway"

// New returns a gateway; nothing is asked for before Run.
func New[I, O any](o Options[I, O]) (*Gateway[I, O], error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	g := &Gateway[I, O]{
		o: o, limit: rate.NewLimiter(rate.Limit(o.PerSecond), max(1, int(o.PerSecond/10))), tracer: o.TracerProvider.Tracer(scope),
	}
	g.breaker = gobreaker.NewCircuitBreaker[O](gobreaker.Settings{
		Name: o.Name, Timeout: o.Rest, IsSuccessful: answered, IsExcluded: calledOff,
		ReadyToTrip: func(c gobreaker.Counts) bool { return int(c.ConsecutiveFailures) >= o.TripAfter },
		OnStateChange: func(_ string, from, to gobreaker.State) {
			o.Logger.Warn("circuit breaker", "gateway", o.Name, "from", from.String(), "to", to.String())
		},
	})
	if g.meters, err = newMeters(o.MeterProvider.Meter(scope), o.Name, g.breaker.State); err != nil {
		return nil, err
	}
	return g, nil
}

// Run works while this replica holds the gateway's lease, until ctx ends. An event that it can't read or route is parked, with
// those that follow for its aggregate: an intent must not be passed over in silence.
func (g *Gateway[I, O]) Run(ctx context.Context) error {
	defer g.meters.unregister()
	forget, err := g.o.Faults.Observe(g.consumer)
	if err != nil {
		return err
	}
	defer forget()
	return lease.Run(ctx, lease.Options{Bucket: g.o.Bucket, Key: g.o.Name, Silence: g.o.Silence, Logger: g.o.Logger}, g.work)
}

// work follows the log from the checkpoint. What is still open when it has caught up may have been called by a predecessor,
// so it is asked about first; what is opened later is called at once.
func (g *Gateway[I, O]) work(ctx context.Context, l *lease.Lease[uint64]) error {
	t := newTasks[I](l.Position(), g.o.RetryAfter, g.o.RetryAtMost)
	g.meters.watch(t.count)
	caughtUp := make(chan struct{})
	gate, err := g.gate(ctx)
	if err != nil {
		return err
	}
	parts, ctx := errgroup.WithContext(ctx)
	parts.Go(func() error { return g.follow(ctx, t, gate, l.Position(), caughtUp) })
	parts.Go(func() error { return g.serve(ctx, t, gate) })
	parts.Go(func() error { return g.checkpoint(ctx, t, l) })
	parts.Go(func() error { return g.dispatch(ctx, t, caughtUp) })
	parts.Go(func() error { return g.reconcile(ctx, l.Position()) })
	return parts.Wait()
}

func (g *Gateway[I, O]) follow(ctx context.Context, t *tasks[I], gate *fault.Gate, after uint64, caughtUp chan<- struct{}) error {
	behind := true
	return g.o.Log.Follow(ctx, eventlog.FollowOptions{After: after, Domains: g.domains()},
		func(_ context.Context, b eventlog.Batch) error {
			for _, e := range b.Events {
				change, err := g.routeOrPark(ctx, gate, e)
				if err != nil {
					return fmt.Errorf("gateway %s: event %d: %w", g.o.Name, e.Position, err)
				}
				t.apply(e, change, behind)
			}
			if behind && b.Pending == 0 {
				behind = false
				close(caughtUp)
			}
			return nil
		})
}

// checkpoint writes down how far everything has an outcome, and once more at the end.
func (g *Gateway[I, O]) checkpoint(ctx context.Context, t *tasks[I], l *lease.Lease[uint64]) error {
	for {
		stopped := pause.For(ctx, g.o.CheckpointEvery)
		done := t.floor()
		if done > l.Position() {
			move, cancel := context.WithTimeout(context.WithoutCancel(ctx), g.o.Timeout)
			err := l.Move(move, done)
			cancel()
			if err != nil {
				g.o.Logger.WarnContext(ctx, "checkpoint not written; a successor repeats a little", "gateway", g.o.Name, "error", err)
			}
		}
		if stopped != nil {
			return stopped
		}
	}
}
