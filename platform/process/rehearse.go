package process

import (
	"context"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/process/step"
)

// rehearsal decides on what is parked as again would, on processes of its own that nobody keeps. What becomes of a command is
// known only when it is sent, so outcomes are left out.
func (p *Processes[S, C, E]) rehearsal(ctx context.Context) func(fault.Entry) error {
	states := map[string]State[S]{}
	return func(entry fault.Entry) error {
		if id, timer := p.timers.processOf(entry.Event.Subject); timer {
			cause, in, err := firedOf(id, entry.Event.Data)
			if err != nil {
				return fault.Poisoned(err)
			}
			return p.rehearse(ctx, states, cause, in)
		}
		e, err := p.decode(ctx, entry.Event)
		switch {
		case err != nil:
			return err
		case e.Err != nil:
			return fault.Poisoned(e.Err)
		case e.Domain == p.domain:
			_, err := p.replayed(ctx, e.AggregateID)
			return err
		}
		id := entry.Key.ID
		if entry.Key.Kind != fault.Instance {
			if id, err = p.processOf(e); err != nil || id == "" {
				return err
			}
		}
		cause, in := inputOf(id, e)
		return p.rehearse(ctx, states, cause, in)
	}
}

// rehearse decides on an input, and folds what is decided into the state, as if it had been recorded.
func (p *Processes[S, C, E]) rehearse(ctx context.Context, states map[string]State[S], cause *processv1.Step, in step.Input) (err error) {
	s, ok := states[in.ID]
	if !ok {
		if s, err = p.replayed(ctx, in.ID); err != nil {
			return err
		}
	}
	return fault.Catch(func() error {
		s.input = 0 // what is parked may be late
		e, _ := p.d.Next(s, cause, in)
		if !none(e) {
			s, err = p.d.fold(s, e, "")
		}
		states[in.ID] = s
		return err
	})
}

// replayed returns a process as it is in the log, which nobody else has.
func (p *Processes[S, C, E]) replayed(ctx context.Context, id string) (s State[S], err error) {
	var own E
	events, err := p.o.Log.Bearing(ctx, id, eventlog.Opened, own)
	if err != nil {
		return s, err
	}
	for _, e := range events {
		if e.Domain != p.domain {
			continue
		}
		data, ok := e.Data.(E)
		if !ok {
			return s, fault.Poisoned(e.Err)
		}
		if s, err = p.d.fold(s, data, e.ID); err != nil {
			return s, err
		}
	}
	return s, nil
}
