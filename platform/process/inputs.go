package process

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel/trace"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/pause"
	"tiffin/platform/process/step"
)

// errRecalled ends the looking back.
var errRecalled = errors.New("recalled")

// recall shows the definition what was decided on before.
func (p *Processes[S, C, E]) recall(ctx context.Context, upTo uint64) error {
	if p.d.Recall == nil || upTo == 0 {
		return nil
	}
	err := p.o.Log.Follow(ctx, eventlog.FollowOptions{Domains: p.d.Reads, Personal: p.d.Personal},
		func(_ context.Context, b eventlog.Batch) error {
			for _, e := range b.Events {
				if e.Position > upTo {
					return errRecalled
				}
				if e.Err == nil {
					// What it can't take is parked.
					_ = fault.Catch(func() error { p.d.Recall(e); return nil })
				}
			}
			if b.Pending == 0 {
				return errRecalled
			}
			return ctx.Err()
		})
	if errors.Is(err, errRecalled) {
		return nil
	}
	return err
}

// followInputs hands the events of other domains to their processes.
func (p *Processes[S, C, E]) followInputs(ctx context.Context, l *lanes, h *holding, mark *watermark) error {
	if err := p.recall(ctx, mark.position()); err != nil {
		return err
	}
	return p.o.Log.Follow(ctx, eventlog.FollowOptions{After: mark.position(), Domains: p.d.Reads, Personal: p.d.Personal},
		func(_ context.Context, b eventlog.Batch) error { // its context ends with a connection, ours with the lease
			for _, e := range b.Events {
				id, err := p.correlate(ctx, e)
				if err != nil {
					return err
				}
				if id == "" {
					mark.begin(e.Position, 0)
					mark.queue(e.Position)
					continue
				}
				mark.begin(e.Position, 1)
				l.add(ctx, id, func(ctx context.Context) error {
					done := func() { mark.done(e.Position) }
					parked, err := p.pass(ctx, instance(id), e.Record, func() error { return p.input(ctx, id, e, false, h, done) })
					if parked {
						done()
					}
					return err
				})
				mark.queue(e.Position)
			}
			return ctx.Err()
		})
}

// heard waits until all that the log has of the inputs by now stands in line: what was said in time counts, however late it is
// heard. It returns only ctx's error.
func (p *Processes[S, C, E]) heard(ctx context.Context, mark *watermark) error {
	var last uint64
	ask := func() (err error) {
		if err = p.o.Taking("hear"); err == nil {
			last, err = p.o.Log.LastPosition(ctx, p.d.Reads...)
		}
		return err
	}
	for wait := firstPause; ask() != nil; wait = min(2*wait, lastPause) {
		if err := pause.For(ctx, wait); err != nil {
			return err
		}
	}
	return mark.wait(ctx, last)
}

func (p *Processes[S, C, E]) input(ctx context.Context, id string, e eventlog.Event, late bool, h *holding, done func()) error {
	if e.Err != nil {
		return fault.Poisoned(e.Err)
	}
	if e.Trace.IsValid() {
		ctx = trace.ContextWithRemoteSpanContext(ctx, e.Trace)
	}
	cause, in := inputOf(id, e)
	return p.decide(ctx, cause, in, e.ID, late, h, done)
}

func inputOf(id string, e eventlog.Event) (*processv1.Step, step.Input) {
	return &processv1.Step{Cause: &processv1.Step_Input{Input: &processv1.Input{Position: e.Position, EventId: e.ID}}},
		step.Input{ID: id, At: e.Time, Event: e.Data, Source: e.AggregateID}
}
