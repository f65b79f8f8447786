package upgrade

import (
	"context"
	"math/rand/v2"
	"time"

	"tiffin/platform/pause"
)

// orderAtMost is less than a page of them.
const orderAtMost = 40

// live orders, cancels, has orders postponed and reads until ctx ends. The pauses leave the machine to the others.
func (c *client) live(ctx context.Context) error {
	within := context.WithoutCancel(ctx) // what was begun is finished
	var open []string
	for n := 0; ctx.Err() == nil; n++ {
		if n%8 == 0 && len(c.stories) < orderAtMost {
			id, err := c.places(within)
			if err != nil {
				return err
			}
			open = append(open, id)
		}
		chosen := rand.N(len(open))
		id := open[chosen]
		var err error
		switch n % 16 {
		case 4:
			err = c.has(within, id, c.postponed)
		case 12:
			if len(open) > 1 {
				err = c.has(within, id, c.cancelled)
				open = append(open[:chosen], open[chosen+1:]...)
			}
		}
		if err != nil {
			return err
		}
		if _, err := c.reads(within, id); err != nil {
			return err
		}
		_ = pause.For(ctx, 5*time.Millisecond) // the loop sees when ctx ends
	}
	return nil
}

// waits has one courier after the other take an order on, and reads it, until ctx ends.
func (c *client) waits(ctx context.Context, id string) error {
	within := context.WithoutCancel(ctx)
	for ctx.Err() == nil {
		if err := c.has(within, id, c.handedOn); err != nil {
			return err
		}
		if _, err := c.reads(within, id); err != nil {
			return err
		}
		_ = pause.For(ctx, 25*time.Millisecond) // the loop sees when ctx ends
	}
	return nil
}
