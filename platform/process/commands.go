package process

import (
	"context"
	"sync"

	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/proto"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/process/step"
)

// followOwn carries out what the processes have recorded. Up to known it may have been carried out before.
func (p *Processes[S, C, E]) followOwn(ctx context.Context, l *lanes, h *holding, mark *watermark, known uint64) error {
	var own E
	return p.o.Log.Follow(ctx, eventlog.FollowOptions{After: mark.position(), Domains: []proto.Message{own}},
		func(_ context.Context, b eventlog.Batch) error { // its context ends with a connection, ours with the lease
			for _, e := range b.Events {
				data, ok := e.Data.(E)
				if !ok { // its process can't be folded any more; the others go on
					if _, err := p.patiently(ctx, instance(e.AggregateID), e.Record, func() error { return fault.Poisoned(e.Err) }); err != nil {
						return err
					}
					mark.begin(e.Position, 0)
					continue
				}
				p.carryOut(ctx, l, h, mark, e, data, e.Position <= known)
			}
			return ctx.Err()
		})
}

// carryOut queues the commands of an event, in order for each service, and its timers.
func (p *Processes[S, C, E]) carryOut(
	ctx context.Context, l *lanes, h *holding, mark *watermark, e eventlog.Event, data E, perhapsDone bool,
) {
	said, commands := data.GetStep(), data.GetCommands()
	parts := len(commands)
	timers := len(said.GetTimersSet())+len(said.GetTimersCancelled()) > 0
	if timers {
		parts++
	}
	mark.begin(e.Position, parts)
	// Each part is done once, however often the work is repeated.
	add := func(key string, part func(ctx context.Context, done func()) error) {
		done := sync.OnceFunc(func() { mark.done(e.Position) })
		l.add(ctx, key, func(ctx context.Context) error {
			if e.Trace.IsValid() {
				ctx = trace.ContextWithRemoteSpanContext(ctx, e.Trace)
			}
			return part(ctx, done)
		})
	}
	for i, c := range commands {
		id, request := CommandID(e.ID, i), step.Request(c)
		add(e.AggregateID+"/"+serviceOf(request), func(ctx context.Context, done func()) error {
			return p.commandOrPark(ctx, e, id, request, perhapsDone, h, done)
		})
	}
	if timers {
		add(e.AggregateID+"/timers", func(ctx context.Context, done func()) error {
			err := p.setTimers(ctx, e.AggregateID, said, perhapsDone)
			if fault.IsPoison(err) {
				_, err = p.pass(ctx, instance(e.AggregateID), e.Record, func() error { return err })
			}
			if err == nil {
				done()
			}
			return err
		})
	}
}

// commandOrPark is command, unless its outcome can't be decided on, or its process stands behind a fault: then the event that
// sent it is parked, to be carried out again.
func (p *Processes[S, C, E]) commandOrPark(
	ctx context.Context, e eventlog.Event, id string, request proto.Message, perhapsDone bool, h *holding, done func(),
) error {
	k := instance(e.AggregateID)
	if p.gate.Load().Closed(k) { // it is sent all the same: it is in the log
		if _, err := p.ask(ctx, e, id, request); err != nil {
			return err
		}
	}
	parked, err := p.pass(ctx, k, e.Record, func() error { return p.command(ctx, e, id, request, perhapsDone, h, done) })
	if parked {
		done()
	}
	return err
}

// command sends a command and sees its outcome recorded, when done is called.
func (p *Processes[S, C, E]) command(
	ctx context.Context, e eventlog.Event, id string, request proto.Message, perhapsDone bool, h *holding, done func(),
) error {
	if perhapsDone {
		switch open, _, err := p.open(ctx, e.AggregateID, id, nil); {
		case err != nil:
			return err
		case !open:
			done()
			return nil
		}
	}
	answer, err := p.ask(ctx, e, id, request)
	if err != nil {
		return err
	}
	cause := &processv1.Step{Cause: &processv1.Step_Answer{Answer: answer}}
	return p.decide(ctx, cause, step.Input{ID: e.AggregateID, At: p.o.Now()}, e.ID, false, h, done)
}

// ask sends a command of the event's, and returns its outcome.
func (p *Processes[S, C, E]) ask(ctx context.Context, e eventlog.Event, id string, request proto.Message) (*processv1.Answer, error) {
	if err := p.o.Taking("send"); err != nil {
		return nil, err
	}
	return p.send(ctx, eventlog.Command{ID: id, CorrelationID: e.AggregateID, CausationID: e.ID}, request)
}

func (p *Processes[S, C, E]) setTimers(ctx context.Context, id string, said *processv1.Step, perhapsDone bool) error {
	for _, name := range said.GetTimersCancelled() {
		if err := p.o.Taking("cancel"); err != nil {
			return err
		}
		if err := p.timers.cancel(ctx, id, name); err != nil {
			return err
		}
	}
	for _, t := range said.GetTimersSet() {
		if perhapsDone {
			_, open, err := p.open(ctx, id, "", t)
			if err != nil {
				return err
			}
			if !open {
				continue
			}
		}
		if err := p.o.Taking("schedule"); err != nil {
			return err
		}
		if err := p.timers.set(ctx, id, t); err != nil {
			return err
		}
	}
	return nil
}
