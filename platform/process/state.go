package process

import (
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/fault"
	"tiffin/platform/process/step"
)

// State is a process: the control service's own state, and what the mechanism keeps beside it.
type State[S any] struct {
	// Own is the control service's.
	Own S
	// input is the highest position of another domain that was decided on.
	input uint64
	// unanswered are the commands without an outcome, by their ids; timers are those set, by their names.
	unanswered map[string]proto.Message
	timers     map[string]time.Time
}

// CommandID is the id of the command at the index of an event: the same however often it is sent.
func CommandID(eventID string, index int) string { return fmt.Sprintf("%s.%d", eventID, index) }

// Fold returns the process after the event with that id, and may change the one that it is given.
func (d Definition[S, C, E]) Fold(s State[S], e E, eventID string) (State[S], error) {
	own, err := d.Evolve(s.Own, e)
	if err != nil {
		return s, err
	}
	s.Own = own
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
	for _, a := range e.GetStep().GetAnswers() {
		delete(s.unanswered, a.GetCommandId())
	}
	for _, name := range e.GetStep().GetTimersCancelled() {
		delete(s.timers, name)
	}
	for _, t := range e.GetStep().GetTimersSet() {
		s.timers[t.GetName()] = t.GetDue().AsTime()
	}
	for i, c := range e.GetCommands() {
		s.unanswered[CommandID(eventID, i)] = step.Request(c)
	}
	return s, nil
}

// fold is Fold for a process that may not be foldable: an error is poison.
func (d Definition[S, C, E]) fold(before State[S], e E, eventID string) (after State[S], err error) {
	err = fault.Catch(func() error {
		if after, err = d.Fold(before, e, eventID); err != nil {
			return fault.Poisoned(err)
		}
		return nil
	})
	return after, err
}

// Next returns the event that the input leads to, cause included; nil: none, as where the input is no news. Held are
// acceptances that are not recorded yet: the event takes those along that still are news. Where the input is an acceptance and
// nothing follows from it, hold says that it can wait for the next event, too.
func (d Definition[S, C, E]) Next(s State[S], cause *processv1.Step, in step.Input, held ...*processv1.Answer) (e E, hold bool) {
	var nothing E
	held = s.stillOpen(held, cause.GetAnswer().GetCommandId())
	news, ok := s.news(cause, in, len(held))
	if !ok {
		return nothing, false
	}
	e = d.Decide(s.Own, news)
	if news.Answer != nil && (none(e) || proto.Equal(e, d.Answered())) {
		if news.Answer.Refused == nil {
			return nothing, true
		}
		e = d.Answered()
	}
	if none(e) {
		return nothing, false
	}
	because(e, cause, held)
	return e, false
}

// Late returns the event that records acceptances which have waited for another in vain; nil: all are recorded.
func (d Definition[S, C, E]) Late(s State[S], held ...*processv1.Answer) E {
	held = s.stillOpen(held, "")
	if len(held) == 0 {
		var nothing E
		return nothing
	}
	e := d.Answered()
	because(e, &processv1.Step{Cause: &processv1.Step_Answer{Answer: held[0]}}, held[1:])
	return e
}

// stillOpen returns those of the answers, but that of one command, that are not recorded.
func (s State[S]) stillOpen(answers []*processv1.Answer, but string) []*processv1.Answer {
	return slices.DeleteFunc(slices.Clone(answers), func(a *processv1.Answer) bool {
		_, open := s.unanswered[a.GetCommandId()]
		return !open || a.GetCommandId() == but
	})
}

func because(e proto.Message, cause *processv1.Step, answers []*processv1.Answer) {
	cause.Answers = answers
	m := e.ProtoReflect()
	field := m.Descriptor().Fields().ByName("step")
	proto.Merge(m.Mutable(field).Message().Interface(), cause)
}

func none(e proto.Message) bool { return e == nil || !e.ProtoReflect().IsValid() }

// news returns the input for a process that this step concerns; false: it is no news to it. Held is how many answers wait.
func (s State[S]) news(cause *processv1.Step, in step.Input, held int) (step.Input, bool) {
	in.Unanswered = len(s.unanswered) - held
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
