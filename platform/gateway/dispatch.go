package gateway

import (
	"context"
	"errors"
	"time"

	"github.com/sony/gobreaker/v2"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/errgroup"

	"tiffin/platform/pause"
	"tiffin/platform/problem"
)

// dispatch attempts what is due, many at once while the provider is well, and one by one while it is being tried again.
func (g *Gateway[I, O]) dispatch(ctx context.Context, t *tasks[I], caughtUp <-chan struct{}) error {
	select {
	case <-caughtUp:
	case <-ctx.Done():
		return ctx.Err()
	}
	var running errgroup.Group
	running.SetLimit(g.o.Concurrency)
	defer func() { _ = running.Wait() }() // attempts report to their task, never here
	for {
		next, err := t.take(ctx)
		if err != nil {
			return err
		}
		for g.breaker.State() == gobreaker.StateOpen {
			if err := pause.For(ctx, g.o.Rest/16); err != nil {
				return err
			}
		}
		if g.breaker.State() == gobreaker.StateHalfOpen {
			g.attempt(ctx, t, next)
			continue
		}
		running.Go(func() error {
			g.attempt(ctx, t, next)
			return nil
		})
	}
}

// attempt brings a task to its end, or puts it back.
func (g *Gateway[I, O]) attempt(ctx context.Context, t *tasks[I], x *task[I]) {
	if x.Trace.IsValid() {
		ctx = trace.ContextWithRemoteSpanContext(ctx, x.Trace)
	}
	ctx, span := g.tracer.Start(ctx, g.o.Name+" gateway", trace.WithAttributes(
		attribute.String("tiffin.operation.id", x.ID), attribute.Int64("tiffin.position", int64(x.Position))))
	defer span.End()
	if err := g.carryOut(ctx, x); err != nil {
		span.SetStatus(codes.Error, err.Error())
		if ctx.Err() == nil {
			g.o.Logger.DebugContext(ctx, "operation left open", "gateway", g.o.Name, "operation", x.ID, "error", err)
		}
		t.again(x)
		return
	}
	t.done(x)
}

// carryOut finds the outcome, and records it.
func (g *Gateway[I, O]) carryOut(ctx context.Context, x *task[I]) error {
	outcome, err := g.find(ctx, x)
	if err == nil {
		err = g.o.Record(ctx, x.Operation, outcome)
	}
	if Unwanted(err) {
		g.meters.unwanted(ctx)
		g.o.Logger.ErrorContext(ctx, "the domain does not want the provider's outcome: somebody must look",
			"gateway", g.o.Name, "operation", x.ID, "error", err)
		return nil
	}
	return err
}

// find gets the outcome: a provider that may have been called is asked before it is called again, under the same id.
func (g *Gateway[I, O]) find(ctx context.Context, x *task[I]) (O, error) {
	if x.called {
		outcome, err := g.request(ctx, "ask", func(ctx context.Context) (O, error) { return g.o.Provider.Ask(ctx, x.ID) })
		if !errors.Is(err, ErrNeverHeard) {
			return outcome, err
		}
	}
	return g.request(ctx, "call", func(ctx context.Context) (O, error) {
		x.called = true
		return g.o.Provider.Call(ctx, x.Operation)
	})
}

// request is one request to the provider, within all limits.
func (g *Gateway[I, O]) request(ctx context.Context, what string, send func(context.Context) (O, error)) (O, error) {
	if err := g.limit.Wait(ctx); err != nil {
		var none O
		return none, err
	}
	ctx, span := g.tracer.Start(ctx, what+" "+g.o.Name, trace.WithSpanKind(trace.SpanKindClient))
	defer span.End()
	start := time.Now()
	outcome, err := g.breaker.Execute(func() (O, error) {
		ctx, cancel := context.WithTimeout(ctx, g.o.Timeout)
		defer cancel()
		return send(ctx)
	})
	g.meters.requested(ctx, what, err, time.Since(start))
	if !answered(err) {
		span.SetStatus(codes.Error, err.Error())
	}
	return outcome, err
}

// answered says whether the provider is well, whatever it said.
func answered(err error) bool {
	return err == nil || errors.Is(err, ErrNeverHeard) || errors.Is(err, ErrPending)
}

// calledOff is a request that we ended ourselves, which says nothing about the provider.
func calledOff(err error) bool { return errors.Is(err, context.Canceled) }

// Unwanted reports whether a domain's answer to an outcome says that it does not want it: recording it again would help nothing.
func Unwanted(err error) bool {
	p := problem.From(err)
	if p == nil {
		return false
	}
	return p.Kind == problem.Refused || p.Kind == problem.NotFound || p.Kind == problem.Invalid
}
