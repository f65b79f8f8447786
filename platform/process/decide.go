package process

import (
	"context"
	"errors"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/problem"
	"tiffin/platform/process/step"
)

// decide lets the process decide on the input, and records what it decided with its cause. What is no news changes nothing. An
// acceptance from which nothing follows is held, to be recorded with what is decided next; recorded is called when it is, or
// there is nothing to be held. An input that is late, since it was parked, is known by its event's id: the process may have gone
// past its position. What can't be decided on is poison.
func (p *Processes[S, C, E]) decide(
	ctx context.Context, cause *processv1.Step, in step.Input, causation string, late bool, h *holding, recorded func(),
) error {
	if err := p.o.Taking("decide"); err != nil {
		return err
	}
	ctx = eventlog.WithCommand(ctx, eventlog.Command{
		ID: cause.GetInput().GetEventId(), CorrelationID: in.ID, CausationID: causation,
	})
	answer, waits := cause.GetAnswer(), false
	_, err := p.aggregate.Execute(ctx, in.ID, func(s State[S]) (e E, err error) {
		// Decisions on one process are taken one after another, so that the last of several answers sees all others held.
		cause.Answers = nil
		if late {
			s.input = 0
		}
		err = fault.Catch(func() error {
			e, waits = p.d.Next(s, cause, in, h.of(in.ID)...)
			return nil
		})
		if waits {
			h.add(in.ID, answer, recorded)
		}
		return e, err
	})
	var refused *problem.Problem
	if errors.As(err, &refused) && refused.Kind == problem.Invalid {
		// Its id is of another day: the event came too late for a process to begin, and will never come earlier.
		p.logger.ErrorContext(ctx, "an input can't be decided on", "id", in.ID, "cause", causation, "error", err)
		err = nil
	}
	if err != nil || waits {
		return err
	}
	h.drop(in.ID, append(cause.GetAnswers(), answer))
	recorded()
	return nil
}

// open reports whether the command still has no outcome, and whether the timer is still set.
func (p *Processes[S, C, E]) open(ctx context.Context, id, command string, t *processv1.Timer) (commandOpen, timerOpen bool, err error) {
	_, err = p.aggregate.Execute(ctx, id, func(s State[S]) (E, error) {
		var nothing E
		_, commandOpen = s.unanswered[command]
		due, set := s.timers[t.GetName()]
		timerOpen = set && due.Equal(t.GetDue().AsTime())
		return nothing, nil
	})
	return commandOpen, timerOpen, err
}
