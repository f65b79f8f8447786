package eventlog

import "tiffin/platform/problem"

// commands are those that an aggregate has accepted, the last few hundred. Most aggregates accept a handful in their lives, and
// thousands of them are kept, so there is an index only where it is worth its room.
type commands struct {
	accepted []outcome
	index    map[string]outcome
}

type outcome struct {
	id, fingerprint string
	position        uint64
}

const (
	rememberedCommands = 512
	// indexedFrom is how many commands are too many to look through.
	indexedFrom = 16
)

func (c *commands) remember(id, fingerprint string, position uint64) {
	if id == "" {
		return
	}
	o := outcome{id: id, fingerprint: fingerprint, position: position}
	c.accepted = append(c.accepted, o)
	switch {
	case c.index != nil:
		c.index[id] = o
	case len(c.accepted) >= indexedFrom:
		c.index = make(map[string]outcome, 2*indexedFrom)
		for _, o := range c.accepted {
			c.index[o.id] = o
		}
	}
	if len(c.accepted) > rememberedCommands {
		delete(c.index, c.accepted[0].id)
		c.accepted = c.accepted[1:]
	}
}

func (c *commands) find(id string) (outcome, bool) {
	if c.index != nil {
		o, ok := c.index[id]
		return o, ok
	}
	for _, o := range c.accepted {
		if o.id == id {
			return o, true
		}
	}
	return outcome{}, false
}

// answered returns the outcome of the command where it was accepted before; the same id for another content is refused.
func (c *commands) answered(cmd Command) (position uint64, before bool, err error) {
	if cmd.ID == "" {
		return 0, false, nil
	}
	o, ok := c.find(cmd.ID)
	if !ok {
		return 0, false, nil
	}
	if o.fingerprint != cmd.Fingerprint {
		return 0, true, problem.New(problem.KeyReused, "IDEMPOTENCY_KEY_REUSED",
			"this idempotency key was used for another request")
	}
	return o.position, true, nil
}
