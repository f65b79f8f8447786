package check

import (
	"strings"

	"tiffin/bench/torture/history"
	"tiffin/platform/eventlog"
)

// The rules of commands.
const (
	Once       = "an acknowledged command is in the log once"
	Never      = "a refused command is not in the log"
	AtMostOnce = "a command is in the log once at most"
	Told       = "an acknowledgement tells how far the log has come"
)

// once holds the commands of the history against the log. A command is known by its id, which its event bears.
type once struct {
	// there is what the log has of each command. What a process decides bears the id of what it was decided on, of which
	// each process may have its own decision: it is known by its aggregate, too.
	there    map[string]sighting
	effects  effects
	commands map[string]*command
}

// sighting is the first event of a command.
type sighting struct {
	times    int
	position uint64
	domain   string
}

// command is what the client knows of one, all its repeats together.
type command struct {
	path                           string
	acknowledged, refused, unknown bool
	code                           string
	// upTo is what the acknowledgement says that was seen.
	upTo map[string]uint64
}

func newOnce() *once {
	return &once{there: map[string]sighting{}, effects: newEffects(), commands: map[string]*command{}}
}

func (o *once) event(e eventlog.Event, broken tell) {
	o.effects.event(e)
	if e.CommandID == "" {
		return
	}
	key := e.CommandID
	if isProcess(e.Domain) {
		key = e.Record.Subject + " " + key
	}
	s := o.there[key]
	if s.times++; s.times == 1 {
		s.position, s.domain = e.Position, e.Domain
	} else {
		broken(AtMostOnce, e.CommandID, "at %d and, as %s, at %d", s.position, e.Type, e.Position)
	}
	o.there[key] = s
}

func (o *once) call(c history.Call, broken tell) {
	if c.Kind != history.Command {
		return
	}
	known := o.commands[c.Command]
	if known == nil {
		known = &command{path: c.Method + " " + strings.SplitN(c.Path, "?", 2)[0]}
		o.commands[c.Command] = known
	}
	switch c.Outcome {
	case history.Unknown:
		known.unknown = true
	case history.Refused:
		known.refused, known.code = true, c.Code
	case history.Acknowledged:
		seen := history.Seen(c.Position)
		known.acknowledged, known.upTo = true, seen
		if s := o.there[c.Command]; s.times > 0 && seen[s.domain] < s.position {
			broken(Told, c.Command, "it is at %d, and the answer has seen %s up to %d", s.position, s.domain, seen[s.domain])
		}
	}
}

func (o *once) end(broken tell) {
	for id, c := range o.commands {
		s := o.there[id]
		switch {
		case c.acknowledged && s.times == 0:
			// One that changed nothing has no event, but what it asks for is the case.
			if !o.effects.there(c.path, c.upTo) {
				broken(Once, id, "%s was acknowledged, and is not there", c.path)
			}
		case c.refused && !c.acknowledged && !c.unknown && s.times > 0:
			broken(Never, id, "%s was refused as %s, and is at %d", c.path, c.code, s.position)
		}
	}
}

// count says how many commands came to what.
func (o *once) count(r *Report) {
	for _, c := range o.commands {
		switch {
		case c.acknowledged:
			r.Acknowledged++
		case c.unknown:
			r.Unknown++
		default:
			r.Refused++
		}
	}
}

func isProcess(domain string) bool {
	return domain == "fulfilment" || domain == "dispatch" || domain == "erasure"
}
