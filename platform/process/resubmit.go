package process

import (
	"context"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/pause"
	"tiffin/platform/process/step"
)

// serve answers requests to process again what is parked, until ctx ends.
func (p *Processes[S, C, E]) serve(ctx context.Context, h *holding) error {
	for {
		err := p.gate.Load().Serve(ctx, func(ctx context.Context, r fault.Request) func(fault.Entry) error {
			if r.DryRun {
				return p.rehearsal(ctx)
			}
			return func(e fault.Entry) error { return p.again(ctx, e, h) }
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.logger.WarnContext(ctx, "answering requests to resubmit again", "error", err)
		if err := pause.For(ctx, worthALine); err != nil {
			return err
		}
	}
}

// again processes what is parked, perhaps once more. Other decisions on the process wait meanwhile, for its gate is closed.
func (p *Processes[S, C, E]) again(ctx context.Context, entry fault.Entry, h *holding) error {
	if err := p.o.Taking("resubmit"); err != nil {
		return err
	}
	if err := p.process(ctx, entry, h); err != nil {
		return err
	}
	return p.o.Taking("drop")
}

func (p *Processes[S, C, E]) process(ctx context.Context, entry fault.Entry, h *holding) error {
	if id, timer := p.timers.processOf(entry.Event.Subject); timer {
		return p.fired(ctx, id, entry.Event.Data, h)
	}
	e, err := p.decode(ctx, entry.Event)
	if err != nil {
		return err
	}
	if e.Domain == p.domain {
		return p.carryOutAgain(ctx, e, h)
	}
	if entry.Key.Kind == fault.Instance {
		return p.input(ctx, entry.Key.ID, e, true, h, func() {})
	}
	id, err := p.processOf(e)
	if err != nil || id == "" {
		return err
	}
	_, err = p.pass(ctx, instance(id), e.Record, func() error { return p.input(ctx, id, e, true, h, func() {}) })
	return err
}

// carryOutAgain sends the commands of a process's event that have no outcome yet, records that, and sets its timers.
func (p *Processes[S, C, E]) carryOutAgain(ctx context.Context, e eventlog.Event, h *holding) error {
	data, ok := e.Data.(E)
	if !ok {
		return fault.Poisoned(e.Err)
	}
	for i, c := range data.GetCommands() {
		if err := p.command(ctx, e, CommandID(e.ID, i), step.Request(c), true, h, func() {}); err != nil {
			return err
		}
	}
	if err := p.recordHeld(ctx, e.AggregateID, h); err != nil {
		return err
	}
	// What is cancelled may have been set anew by what the process has decided since.
	set, err := p.timersOf(ctx, e.AggregateID)
	if err != nil {
		return err
	}
	said := &processv1.Step{TimersSet: data.GetStep().GetTimersSet()}
	for _, name := range data.GetStep().GetTimersCancelled() {
		if !set[name] {
			said.TimersCancelled = append(said.TimersCancelled, name)
		}
	}
	return p.setTimers(ctx, e.AggregateID, said, true)
}

// timersOf returns the names of the timers that are set.
func (p *Processes[S, C, E]) timersOf(ctx context.Context, id string) (map[string]bool, error) {
	set := map[string]bool{}
	_, err := p.aggregate.Execute(ctx, id, func(s State[S]) (E, error) {
		var nothing E
		clear(set)
		for name := range s.timers {
			set[name] = true
		}
		return nothing, nil
	})
	return set, err
}
