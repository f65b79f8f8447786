package check

import (
	"tiffin/ctl/facts"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process"
)

// The rules of control services.
const (
	Ended    = "every process ends"
	Outcomes = "every command of a process has one outcome"
)

// processes are the control services' work: it begins with a fact of another domain, every command comes to one outcome, and
// there is an end.
type processes struct {
	unmoved
	turns map[string]typev1.Turn
	// due are those that must have begun; closed says of those that have whether they are at their end.
	due    map[aggregate]uint64
	closed map[aggregate]bool
	// open are commands without an outcome, by their ids, with their processes; settled have one.
	open    map[string]aggregate
	settled map[string]bool
}

type aggregate struct{ domain, id string }

func (a aggregate) String() string { return a.domain + " " + a.id }

func newProcesses() *processes {
	return &processes{
		turns: eventlog.Turns(facts.Domains()...), due: map[aggregate]uint64{}, closed: map[aggregate]bool{},
		open: map[string]aggregate{}, settled: map[string]bool{},
	}
}

func (p *processes) event(e eventlog.Event, broken tell) {
	switch data := e.Data.(type) {
	case *orderingv1.OrderEvent:
		if data.GetOrderPlaced() != nil {
			p.due[aggregate{"fulfilment", e.AggregateID}] = e.Position
		}
	case *deliveryv1.DeliveryEvent:
		if data.GetDeliveryRequested() != nil {
			p.due[aggregate{"dispatch", e.AggregateID}] = e.Position
		}
	}
	if !isProcess(e.Domain) {
		return
	}
	which := aggregate{e.Domain, e.AggregateID}
	if turn := p.turns[e.Type]; turn != typev1.Turn_TURN_LEAVES {
		p.closed[which] = turn == typev1.Turn_TURN_CLOSES
	}
	for _, a := range answersOf(e) {
		id := a.GetCommandId()
		switch _, open := p.open[id]; {
		case open:
			delete(p.open, id)
			p.settled[id] = true
		case p.settled[id]:
			broken(Outcomes, id, "%s records a second outcome at %d", which, e.Position)
		default:
			broken(Outcomes, id, "%s records an outcome at %d of what it did not command", which, e.Position)
		}
	}
	for i := range commandsOf(e) {
		p.open[process.CommandID(e.ID, i)] = which
	}
}

func (p *processes) end(broken tell) {
	for which, position := range p.due {
		if _, begun := p.closed[which]; !begun {
			broken(Ended, which.String(), "it has not begun, after the event at %d", position)
		}
	}
	for which, closed := range p.closed {
		if !closed {
			broken(Ended, which.String(), "it goes on")
		}
	}
	for id, which := range p.open {
		broken(Outcomes, id, "%s commanded it, and records no outcome", which)
	}
}

// answersOf are the outcomes that an event of a process records.
func answersOf(e eventlog.Event) []*processv1.Answer {
	said, ok := e.Data.(interface{ GetStep() *processv1.Step })
	if !ok {
		return nil
	}
	answers := said.GetStep().GetAnswers()
	if own := said.GetStep().GetAnswer(); own != nil {
		answers = append([]*processv1.Answer{own}, answers...)
	}
	return answers
}

// commandsOf is how many commands an event of a process goes with.
func commandsOf(e eventlog.Event) int {
	if e.Data == nil || !isProcess(e.Domain) {
		return 0
	}
	m := e.Data.ProtoReflect()
	field := m.Descriptor().Fields().ByName("commands")
	if field == nil {
		return 0
	}
	return m.Get(field).List().Len()
}
