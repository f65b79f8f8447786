package check

import (
	"tiffin/bench/torture/history"
	"tiffin/platform/eventlog"
)

// tell says that a rule is broken, by what, and how.
type tell func(rule, id, how string, args ...any)

// rule judges events and calls. It is shown all events in the log's order, then all calls in the order in which they ended.
type rule interface {
	event(e eventlog.Event, broken tell)
	call(c history.Call, broken tell)
	end(broken tell)
}

// unmoved is a rule that nothing breaks, for rules that look at some things only.
type unmoved struct{}

func (unmoved) event(eventlog.Event, tell) {}
func (unmoved) call(history.Call, tell)    {}
func (unmoved) end(tell)                   {}

// rules are all that judge the log and the history, fresh.
func rules() []rule {
	return []rule{newSequence(), newOnce(), newRepeats(), newReads(), newProcesses(), newCauses(), newCouriers()}
}
