package process

import (
	"google.golang.org/protobuf/proto"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process/step"
)

// Event is the event message of a control service: one fact of a oneof, with the step and the commands that go with it.
type Event[C proto.Message] interface {
	proto.Message
	GetStep() *processv1.Step
	GetCommands() []C
}

// Definition is a control service: S is a process's folded state, C the message whose oneof holds its commands, E its event
// message, which has the fields "step" and "commands". All functions are pure.
type Definition[S any, C proto.Message, E Event[C]] struct {
	// Reads are the event messages of the domains that the processes decide on.
	Reads []proto.Message
	// Correlate returns the id of the process that an event is for; empty: none. It is asked in the log's order, and about events
	// that can't be read, too, whose Data is nil: then empty says that what could be read doesn't tell.
	Correlate func(eventlog.Event) string
	// Recall, where it is given, is shown every event that Correlate was asked about before this instance took over, in the
	// log's order and perhaps again, before Correlate is asked about the next: for a Correlate that looks back.
	Recall func(eventlog.Event)
	// Newer is what becomes of events of a newer version; its zero value parks them.
	Newer eventlog.Newer
	// Personal is how much of what is sealed Correlate and Decide need to see.
	Personal eventlog.Personal
	// Evolve folds one event of the process, and returns an error for one that it does not know.
	Evolve func(S, E) (S, error)
	// Decide returns what follows from the input; nil: nothing.
	Decide func(S, step.Input) E
	// Answered returns the event that records an outcome from which nothing follows.
	Answered func() E
}
