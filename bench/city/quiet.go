package city

import (
	"context"
	"errors"
	"time"

	"tiffin/bench/city/api"
)

// Quiet waits until every order has ended, and nothing of one is left with a kitchen or a courier; those whose places people
// have taken aside. It returns the context's error where that does not come, and notes what was left.
func (c *City) Quiet(ctx context.Context) error {
	const look = 100 * time.Millisecond
	for {
		if c.o.Book.Open() == 0 && c.left(func(string, string) {}) == 0 {
			return nil
		}
		if err := api.Pause(ctx, look); err != nil {
			c.left(c.o.Book.Left)
			return errors.Join(errors.New("not everything came to its end"), err)
		}
	}
}

// left tells of everything that is left, and counts it.
func (c *City) left(tell func(id, with string)) int {
	n := 0
	for _, k := range c.kitchens {
		now, _ := k.board.get()
		if now == nil || c.people.has(k.who.ID) {
			continue
		}
		for _, t := range now.Tickets {
			if t.Status != "CANCELLED" { // shown for a while, so that nobody cooks on
				n++
				tell(t.ID, "restaurant "+k.who.RestaurantID+": "+t.Status)
			}
		}
	}
	for _, r := range c.couriers {
		now, _ := r.now.get()
		if now.Delivery != nil && !c.people.has(r.who.ID) {
			n++
			tell(now.Delivery.ID, "courier "+r.who.CourierID+": "+now.Delivery.State)
		}
	}
	return n
}
