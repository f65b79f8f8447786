package city

import (
	"context"
	"slices"
	"time"

	"tiffin/bench/city/api"
	"tiffin/bench/city/streets"
)

// bringing are the states in which a delivery is the courier's to bring.
var bringing = []string{"ACCEPTED", "ASSIGNED", "PICKED_UP"}

// trip is what a courier does with one delivery, decided at once.
type trip struct {
	givesBack, vanishes, fails, loses bool
	reason                            string
	enters, rings                     time.Duration
}

func (c *courier) trip(deliveryID string) trip {
	d, h := newDice(c.o.Seed, "trip", lot(deliveryID), c.who.ID), c.o.Habits
	return trip{
		givesBack: d.does(h.GivesBack), vanishes: d.does(h.Vanishes), fails: d.does(h.Fails), loses: d.does(h.Loses),
		reason: pick(d, []string{"NOBODY_THERE", "ADDRESS_NOT_FOUND", "FOOD_DAMAGED"}),
		enters: d.between(5*time.Second, 20*time.Second), rings: d.between(5*time.Second, 30*time.Second),
	}
}

// bring brings a delivery from where it stands, and returns when the courier is free of it.
func (c *courier) bring(ctx context.Context, held api.Delivery) error {
	t := c.trip(held.ID)
	riding, cancel := c.now.while(ctx, func(now api.Courier) bool { return holds(now, held.ID) })
	err := c.ride(ctx, riding, held, t)
	cancel()
	if err != nil && ctx.Err() == nil && api.Code(err) == "" && riding.Err() == nil {
		return err
	}
	// Whether it was brought, given back or taken away: it is over when the house says so.
	_, err = c.now.await(ctx, func(now api.Courier) bool { return now.Delivery == nil || now.Delivery.ID != held.ID })
	c.goes(false)
	return err
}

func holds(now api.Courier, id string) bool {
	return now.Delivery != nil && now.Delivery.ID == id && slices.Contains(bringing, now.Delivery.State)
}

// ride waits and rides while the delivery is held. What is said is said to the end: the answer to the last command may come
// when the delivery is no longer held.
func (c *courier) ride(ctx, riding context.Context, held api.Delivery, t trip) error {
	if held.State != "PICKED_UP" {
		if err := c.collect(ctx, riding, held, t); err != nil {
			return err
		}
	}
	switch {
	case t.loses:
		return c.vanish(riding)
	case t.fails && t.reason == "FOOD_DAMAGED":
		return c.fail(ctx, held.ID, t.reason)
	}
	if err := c.way(riding, held.DropOff); err != nil {
		return err
	}
	if err := api.Pause(riding, c.o.after(t.rings)); err != nil {
		return err
	}
	if t.fails {
		return c.fail(ctx, held.ID, t.reason)
	}
	if err := c.delivery(ctx, held.ID, "deliver", held.ID, struct{}{}); err != nil {
		return err
	}
	c.o.Book.HandedOver(c.who.CourierID, held.ID, true)
	return nil
}

// collect gets the food.
func (c *courier) collect(ctx, riding context.Context, held api.Delivery, t trip) error {
	if _, err := c.now.await(riding, func(now api.Courier) bool {
		return now.Delivery != nil && now.Delivery.State == "ASSIGNED" // nobody rides before the house has confirmed it
	}); err != nil {
		return err
	}
	switch {
	case t.vanishes:
		return c.vanish(riding)
	case t.givesBack:
		return c.delivery(ctx, held.ID, "release", held.ID, map[string]string{
			"reason_code": "VEHICLE_BROKEN", "reason": "A flat tyre.",
		})
	}
	if err := c.way(riding, held.PickUp); err != nil {
		return err
	}
	if err := c.food(riding, held.RestaurantID, held.ID); err != nil {
		return err
	}
	if err := api.Pause(riding, c.o.after(t.enters)); err != nil {
		return err
	}
	if err := c.delivery(ctx, held.ID, "pickUp", held.ID, struct{}{}); err != nil {
		return err
	}
	c.o.Book.PickedUp(c.who.CourierID, held.ID)
	return nil
}

// vanish says nothing more until the house has taken the delivery away.
func (c *courier) vanish(ctx context.Context) error {
	c.goes(true)
	<-ctx.Done()
	return ctx.Err()
}

func (c *courier) fail(ctx context.Context, id, reason string) error {
	err := c.delivery(ctx, id, "fail", id, map[string]string{"reason_code": reason, "reason": "It could not be delivered."})
	if err == nil {
		c.o.Book.HandedOver(c.who.CourierID, id, false)
	}
	return err
}

// way rides along the streets, and tells where on the way.
func (c *courier) way(ctx context.Context, to streets.Place) error {
	now, _ := c.now.get()
	speed := metresPerSecond[now.Vehicle]
	if speed == 0 {
		speed = metresPerSecond["BICYCLE"]
	}
	if to == (streets.Place{}) { // an address that was erased
		return nil
	}
	way := streets.Between(c.place(), to)
	takes := c.o.after(time.Duration(way.Metres() / speed * float64(time.Second)))
	began := time.Now()
	for {
		gone := time.Since(began)
		if gone >= takes {
			c.here(ctx, to)
			return ctx.Err()
		}
		c.here(ctx, way.After(way.Metres()*gone.Seconds()/takes.Seconds()))
		if err := api.Pause(ctx, min(c.o.Tell, takes-time.Since(began))); err != nil {
			return err
		}
	}
}
