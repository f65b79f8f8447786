package process

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process/step"
)

// state is a process: the control service's own state, and what the mechanism keeps beside it.
type state[S any] struct {
	own S
	// input is the highest position of another domain that was decided on.
	input uint64
	// unanswered are the commands without an outcome, by their ids; timers are those set, by their names.
	unanswered map[string]proto.Message
	timers     map[string]time.Time
}

func commandID(eventID string, index int) string { return fmt.Sprintf("%s.%d", eventID, index) }

// evolved returns the process after the event, and may change the one that it is given.
func evolved[S any, C proto.Message, E Event[C]](s state[S], e E, m eventlog.Meta, evolve func(S, E) (S, error)) (state[S], error) {
	own, err := evolve(s.own, e)
	if err != nil {
		return s, err
	}
	s.own = own
	if s.unanswered == nil {
		s.unanswered, s.timers = map[string]proto.Message{}, map[string]time.Time{}
	}
	switch cause := e.GetStep().GetCause().(type) {
	case *processv1.Step_Input:
		s.input = max(s.input, cause.Input.GetPosition())
	case *processv1.Step_Fired:
		delete(s.timers, cause.Fired.GetName())
	case *processv1.Step_Answer:
		delete(s.unanswered, cause.Answer.GetCommandId())
	}
	for _, name := range e.GetStep().GetTimersCancelled() {
		delete(s.timers, name)
	}
	for _, t := range e.GetStep().GetTimersSet() {
		s.timers[t.GetName()] = t.GetDue().AsTime()
	}
	for i, c := range e.GetCommands() {
		s.unanswered[commandID(m.EventID, i)] = step.Request(c)
	}
	return s, nil
}

// news returns the input for a process that this step concerns; false: it is no news to it.
func (s state[S]) news(cause *processv1.Step, in step.Input) (step.Input, bool) {
	in.Unanswered = len(s.unanswered)
	switch cause := cause.GetCause().(type) {
	case *processv1.Step_Input:
		return in, cause.Input.GetPosition() > s.input
	case *processv1.Step_Fired:
		due, set := s.timers[cause.Fired.GetName()]
		return in, set && due.Equal(cause.Fired.GetDue().AsTime())
	case *processv1.Step_Answer:
		request, open := s.unanswered[cause.Answer.GetCommandId()]
		in.Unanswered--
		in.Answer = &step.Answer{Request: request, Refused: cause.Answer.GetRefused()}
		return in, open
	}
	return in, false
}
