package check

import (
	"tiffin/platform/eventlog"
	"tiffin/platform/process"
)

// Caused is the rule of what processes command.
const Caused = "a process commands what it has recorded"

// causes are the events that processes have caused: each bears the id of a command that its process had recorded, so that however
// often it is sent, it is the same.
type causes struct {
	unmoved
	// recorded is how many commands each event of a process goes with.
	recorded map[string]int
}

func newCauses() *causes { return &causes{recorded: map[string]int{}} }

func (c *causes) event(e eventlog.Event, broken tell) {
	if isProcess(e.Domain) {
		c.recorded[e.ID] = commandsOf(e)
		return
	}
	n, caused := c.recorded[e.CausationID]
	if !caused {
		return
	}
	for i := range n {
		if e.CommandID == process.CommandID(e.CausationID, i) {
			return
		}
	}
	broken(Caused, e.CommandID, "%s at %d is caused by %s, which did not record that command", e.Type, e.Position, e.CausationID)
}
