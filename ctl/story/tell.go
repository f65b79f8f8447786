package story

import (
	"strings"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process"
	"tiffin/platform/process/step"
)

// Entry is one event of a story, with what it has to do with the others.
type Entry struct {
	Event eventlog.Event
	// Because is why a process decided it, or who commanded it.
	Because Cause
	// Commands that it led to, Set and Cancelled the timers.
	Commands  []Command
	Set       []Timer
	Cancelled []string
}

// Cause of an event. One of its kinds is set; none: nothing in the log says it.
type Cause struct {
	// Position and Type of the event that it follows from: a process's input, or the process's event that commanded it.
	Position uint64 `json:"position,omitempty"`
	Type     string `json:"type,omitempty"`
	// Timer that fired.
	Timer string `json:"timer,omitempty"`
	// Answered is the command whose outcome it records.
	Answered string `json:"answered,omitempty"`
	// CommandID of somebody outside, a person mostly.
	CommandID string `json:"command_id,omitempty"`
}

// Outcome of a command.
type Outcome string

// The outcomes. Open is what no answer was recorded for yet.
const (
	Open     Outcome = "open"
	Accepted Outcome = "accepted"
	Refused  Outcome = "refused"
)

// Command that a process sent.
type Command struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Outcome Outcome `json:"outcome"`
	// Position and Type of the event that it led to; none: nothing was to be changed.
	Position uint64 `json:"position,omitempty"`
	Type     string `json:"type,omitempty"`
	// Code and Reason of a refusal.
	Code   string `json:"code,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Timer that a process set.
type Timer struct {
	Name string    `json:"name"`
	Due  time.Time `json:"due"`
}

// stepOf returns what a process says with its event; nil for what is no process's.
func stepOf(e eventlog.Event) *processv1.Step {
	said, ok := e.Data.(interface{ GetStep() *processv1.Step })
	if !ok {
		return nil
	}
	return said.GetStep()
}

// answersOf returns the outcomes of commands that an event of a process records.
func answersOf(said *processv1.Step) []*processv1.Answer {
	if answer := said.GetAnswer(); answer != nil {
		return append([]*processv1.Answer{answer}, said.GetAnswers()...)
	}
	return said.GetAnswers()
}

// Tell puts events, in their order, into relation. It is pure.
func Tell(events []eventlog.Event) []Entry {
	t := teller{
		at: map[uint64]eventlog.Event{}, byID: map[string]eventlog.Event{},
		answers: map[string]*processv1.Answer{}, names: map[string]string{},
	}
	for _, e := range events {
		t.learn(e)
	}
	entries := make([]Entry, 0, len(events))
	for _, e := range events {
		entries = append(entries, t.tell(e))
	}
	return entries
}

// teller knows all events of a story.
type teller struct {
	at   map[uint64]eventlog.Event
	byID map[string]eventlog.Event
	// answers and names of commands, by the commands' ids.
	answers map[string]*processv1.Answer
	names   map[string]string
}

func (t teller) learn(e eventlog.Event) {
	t.at[e.Position], t.byID[e.ID] = e, e
	for _, answer := range answersOf(stepOf(e)) {
		t.answers[answer.GetCommandId()] = answer
	}
	for i, request := range requestsOf(e) {
		t.names[process.CommandID(e.ID, i)] = nameOf(request)
	}
}

func (t teller) tell(e eventlog.Event) Entry {
	said := stepOf(e)
	out := Entry{Event: e, Because: t.cause(e, said), Cancelled: said.GetTimersCancelled()}
	for i, request := range requestsOf(e) {
		out.Commands = append(out.Commands, t.command(process.CommandID(e.ID, i), nameOf(request)))
	}
	for _, timer := range said.GetTimersSet() {
		out.Set = append(out.Set, Timer{Name: timer.GetName(), Due: timer.GetDue().AsTime()})
	}
	return out
}

func (t teller) cause(e eventlog.Event, said *processv1.Step) Cause {
	switch cause := said.GetCause().(type) {
	case *processv1.Step_Input:
		at := cause.Input.GetPosition()
		return Cause{Position: at, Type: t.at[at].Type}
	case *processv1.Step_Fired:
		return Cause{Timer: cause.Fired.GetName()}
	case *processv1.Step_Answer:
		id := cause.Answer.GetCommandId()
		if name := t.names[id]; name != "" {
			return Cause{Answered: name}
		}
		return Cause{Answered: id}
	}
	if from, ok := t.byID[e.CausationID]; ok {
		return Cause{Position: from.Position, Type: from.Type}
	}
	return Cause{CommandID: e.CommandID}
}

func (t teller) command(id, name string) Command {
	c := Command{ID: id, Name: name, Outcome: Open}
	switch outcome := t.answers[id].GetOutcome().(type) {
	case *processv1.Answer_Accepted:
		c.Outcome = Accepted
		// Where nothing was to be changed, the position is that of something older.
		if e := t.at[outcome.Accepted.GetPosition()]; e.CommandID == id {
			c.Position, c.Type = e.Position, e.Type
		}
	case *processv1.Answer_Refused:
		c.Outcome, c.Code, c.Reason = Refused, outcome.Refused.GetCode(), outcome.Refused.GetReason()
	}
	return c
}

// requestsOf returns the commands that an event of a process carries.
func requestsOf(e eventlog.Event) []proto.Message {
	if stepOf(e) == nil {
		return nil
	}
	m := e.Data.ProtoReflect()
	field := m.Descriptor().Fields().ByName("commands")
	if field == nil || !field.IsList() || field.Kind() != protoreflect.MessageKind {
		return nil
	}
	var requests []proto.Message
	for list, i := m.Get(field).List(), 0; i < list.Len(); i++ {
		requests = append(requests, step.Request(list.Get(i).Message().Interface()))
	}
	return requests
}

// nameOf returns "kitchen.OpenTicket" for tiffin.kitchen.v1.OpenTicketRequest.
func nameOf(request proto.Message) string {
	if request == nil { // a command that this version does not know
		return "unknown"
	}
	name := string(request.ProtoReflect().Descriptor().Name())
	return eventlog.DomainOf(request) + "." + strings.TrimSuffix(name, "Request")
}
