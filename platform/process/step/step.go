package step

import (
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	processv1 "tiffin/gen/tiffin/process/v1"
)

// Input is what a process decides on: one of Event, Fired and Answer is set.
type Input struct {
	// ID of the process.
	ID string
	// At is when it happened.
	At time.Time
	// Event is the event message of another domain, new to the process, and Source the id of the aggregate that it is of.
	Event  proto.Message
	Source string
	// Fired is the name of a timer that is set and due.
	Fired string
	// Answer is a command's outcome, told once.
	Answer *Answer
	// Unanswered is how many commands have no outcome yet, without the one that this input answers.
	Unanswered int
}

// Answer is what became of a command.
type Answer struct {
	// Request is the command as it was decided.
	Request proto.Message
	// Refused says why; nil: it was accepted.
	Refused *processv1.Refused
}

// Refused returns the request of a command that was refused; nil where the input says anything else.
func (in Input) Refused() proto.Message {
	if in.Answer == nil || in.Answer.Refused == nil {
		return nil
	}
	return in.Answer.Request
}

// Timer returns the timer of that name, after a while from at.
func Timer(name string, at time.Time, after time.Duration) *processv1.Timer {
	return &processv1.Timer{Name: name, Due: timestamppb.New(at.Add(after))}
}

// Timed returns the step with names of timers to take back, and timers to set after that. It changes a step that is given.
func Timed(s *processv1.Step, cancelled []string, set []*processv1.Timer) *processv1.Step {
	if s == nil {
		s = &processv1.Step{}
	}
	s.TimersCancelled, s.TimersSet = append(s.GetTimersCancelled(), cancelled...), append(s.GetTimersSet(), set...)
	return s
}

// Request returns the message in the oneof of a command; nil where none is set.
func Request(command proto.Message) proto.Message {
	m := command.ProtoReflect()
	oneofs := m.Descriptor().Oneofs()
	for i := range oneofs.Len() {
		if f := m.WhichOneof(oneofs.Get(i)); f != nil && f.Kind() == protoreflect.MessageKind {
			return m.Get(f).Message().Interface()
		}
	}
	return nil
}
