package eventlog

import "tiffin/platform/problem"

// commands are those that an aggregate has accepted, the last few hundred. Most aggregates accept a handful in their lives and
// thousands of them are kept, so there is no index: to look through all of them takes a small part of what an append takes.
type commands struct {
	accepted []outcome
	// oldest is the one to be forgotten next, once there are as many as are remembered.
	oldest int
}

type outcome struct {
	id, fingerprint string
	position        uint64
}

const rememberedCommands = 512

func (c *commands) remember(id, fingerprint string, position uint64) {
	if id == "" {
		return
	}
	o := outcome{id: id, fingerprint: fingerprint, position: position}
	if len(c.accepted) < rememberedCommands {
		c.accepted = append(c.accepted, o)
		return
	}
	c.accepted[c.oldest] = o
	c.oldest = (c.oldest + 1) % rememberedCommands
}

// answered returns the outcome of the command where it was accepted before; the same id for another content is refused.
func (c *commands) answered(cmd Command) (position uint64, before bool, err error) {
	if cmd.ID == "" {
		return 0, false, nil
	}
	for i := range c.accepted {
		o := &c.accepted[i]
		if o.id != cmd.ID {
			continue
		}
		if o.fingerprint != cmd.Fingerprint {
			return 0, true, problem.New(problem.KeyReused, "IDEMPOTENCY_KEY_REUSED",
				"this idempotency key was used for another request")
		}
		return o.position, true, nil
	}
	return 0, false, nil
}
