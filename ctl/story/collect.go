package story

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tiffin/ctl/facts"
	"tiffin/platform/eventlog"
)

// collect returns, in order, everything in the log that has to do with an order: what bears its id, and the events of others
// that its processes name as their inputs or as what came of their commands, such as a courier's.
func collect(ctx context.Context, log *eventlog.Log, id string, personal eventlog.Personal) ([]eventlog.Event, error) {
	events, err := log.Bearing(ctx, id, personal, facts.Domains()...)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, fmt.Errorf("nothing in the log is about %s", id)
	}
	known := map[uint64]bool{}
	for _, e := range events {
		known[e.Position] = true
	}
	for _, e := range slices.Clone(events) {
		for at, command := range named(e) {
			if at == 0 || known[at] {
				continue
			}
			other, found, err := log.At(ctx, at, personal, facts.Domains()...)
			if err != nil {
				return nil, err
			}
			// A command that changed nothing is answered with the position of whatever its aggregate did last.
			if found && (command == "" || other.CommandID == command) {
				events, known[at] = append(events, other), true
			}
		}
	}
	slices.SortFunc(events, func(a, b eventlog.Event) int { return cmp.Compare(a.Position, b.Position) })
	return events, nil
}

// named returns the positions of other events that a process's event names, and the command that is said to have led there;
// none where it is the process's input.
func named(e eventlog.Event) map[uint64]string {
	said, out := stepOf(e), map[uint64]string{}
	if input := said.GetInput(); input != nil {
		out[input.GetPosition()] = ""
	}
	for _, answer := range answersOf(said) {
		out[answer.GetAccepted().GetPosition()] = answer.GetCommandId()
	}
	return out
}
