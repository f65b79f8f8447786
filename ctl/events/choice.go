package events

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tiffin/platform/eventlog"
)

// Choice is a choice of events for other commands, by the flags that `events export` has and by their ids.
type Choice struct {
	selection
	span
	ids []string
}

// Flags adds those by which events are chosen.
func (c *Choice) Flags(cmd *cobra.Command) {
	c.choosing(cmd)
	cmd.Flags().Uint64Var(&c.after, "after", 0, "begin behind this position")
	cmd.Flags().Uint64Var(&c.until, "until", 0, "end with this position (default: the last)")
	cmd.Flags().StringSliceVar(&c.ids, "id", nil, "only the events of these ids")
}

// Any reports whether anything was chosen, so that nobody takes all by mistake.
func (c *Choice) Any() bool {
	return len(c.domains)+len(c.types)+len(c.ids) > 0 || c.aggregate != "" || c.after > 0 || c.until > 0
}

// Positions returns those of the events, at most so many, and fails where there are more or an id is not found.
func (c *Choice) Positions(ctx context.Context, log *eventlog.Log, most int) ([]uint64, error) {
	reads, err := c.reads()
	if err != nil {
		return nil, err
	}
	in := c.span
	if in.until == 0 {
		if in.until, err = log.LastPosition(ctx, reads...); err != nil {
			return nil, err
		}
	}
	left := map[string]bool{}
	for _, id := range c.ids {
		left[id] = true
	}
	byID := len(left) > 0
	var found []uint64
	err = c.scan(ctx, log, in, func(e eventlog.Event) error {
		if byID && !left[e.ID] {
			return nil
		}
		delete(left, e.ID)
		if found = append(found, e.Position); len(found) > most {
			return fmt.Errorf("these are more than %d events", most)
		}
		if byID && len(left) == 0 {
			return errDone
		}
		return nil
	}, func(uint64) {})
	if err != nil {
		return nil, err
	}
	for id := range left {
		return nil, fmt.Errorf("among those chosen there is no event %q", id)
	}
	return found, nil
}
