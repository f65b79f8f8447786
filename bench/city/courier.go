package city

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"tiffin/bench/city/api"
	"tiffin/bench/city/streets"
)

// courier is one who works a shift.
type courier struct {
	*City
	who *api.Person
	tab *api.Tab
	// now is what is shown of the shift.
	now *latest[api.Courier]

	mu    sync.Mutex
	where streets.Place
	// off: the phone says nothing.
	off bool
	// answered is the last offer that was answered, or is not going to be.
	answered string
}

const (
	courierAPI = "/api/courier/v1"
	// idleTell is how often one who waits tells where.
	idleTell = 10 * time.Second
)

// metresPerSecond by vehicle: brisk, so that one sees something happen.
var metresPerSecond = map[string]float64{"BICYCLE": 7, "SCOOTER": 10, "CAR": 11}

func newCourier(c *City, who *api.Person, home streets.Place) *courier {
	return &courier{City: c, who: who, tab: who.Open(), now: newLatest[api.Courier](), where: home}
}

func (c *courier) run(ctx context.Context) error { return c.people.play(ctx, c.who.ID, c.work) }

func (c *courier) work(ctx context.Context) error {
	c.now.put(api.Courier{}) // what was seen before somebody else took over is of no use
	g, ctx := newCrowd(ctx)
	g.Go(func() error { return c.watch(ctx) })
	g.Go(func() error { return c.tell(ctx) })
	g.Go(func() error { return c.act(ctx) })
	return g.Wait()
}

func (c *courier) watch(ctx context.Context) error {
	return c.tab.Watch(ctx, courierAPI+"/couriers/"+c.who.CourierID+":watch", func(e api.Event) bool {
		var now api.Courier
		if json.Unmarshal(e.Data, &now) != nil {
			return true // not a shift: the next one will do
		}
		c.o.Book.Courier(now)
		if now.Offer != nil {
			c.o.Book.Payout(now.Offer.DeliveryID, now.Offer.Payout.Minor)
		}
		if now.Delivery != nil {
			c.o.Book.Payout(now.Delivery.ID, now.Delivery.Payout.Minor)
		}
		c.now.put(now)
		return true
	})
}

// tell tells where the courier stands, now and then: dispatch knows of no other.
func (c *courier) tell(ctx context.Context) error {
	for {
		if !c.offline() {
			c.here(ctx, c.place())
		}
		if err := api.Pause(ctx, idleTell); err != nil {
			return err
		}
	}
}

// here moves the courier and tells it; one that is not heard is worth nothing later.
func (c *courier) here(ctx context.Context, at streets.Place) {
	c.mu.Lock()
	c.where = at
	c.mu.Unlock()
	_ = c.tab.Tell(ctx, http.MethodPut, courierAPI+"/couriers/"+c.who.CourierID+"/location", at)
}

func (c *courier) place() streets.Place {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.where
}

func (c *courier) offline() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.off
}

func (c *courier) goes(off bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.off = off
}

// act does what the shift asks for, one thing after the other.
func (c *courier) act(ctx context.Context) error {
	for {
		now, err := c.now.await(ctx, c.asks)
		if err != nil {
			return err
		}
		switch {
		case !now.OnShift:
			err = c.start(ctx)
		case now.Delivery != nil:
			err = c.bring(ctx, *now.Delivery)
		default:
			err = c.consider(ctx, *now.Offer)
		}
		if err != nil && api.Code(err) == "" { // a refusal says that things have moved on
			return err
		}
	}
}

// asks reports whether there is something to do.
func (c *courier) asks(now api.Courier) bool {
	switch {
	case now.ID == "":
		return false
	case !now.OnShift || now.Delivery != nil:
		return true
	}
	return now.Offer != nil && now.Offer.ID != c.answered
}

func (c *courier) start(ctx context.Context) error {
	c.here(ctx, c.place())
	err := c.tab.Command(ctx, http.MethodPost, courierAPI+"/couriers/"+c.who.CourierID+":startShift", unique(), struct{}{})
	if err != nil {
		return err
	}
	_, err = c.now.await(ctx, func(now api.Courier) bool { return now.OnShift })
	return err
}

// consider answers an offer, or doesn't.
func (c *courier) consider(ctx context.Context, o api.Offer) error {
	c.answered = o.ID
	d, h := newDice(c.o.Seed, "offer", lot(o.DeliveryID), c.who.ID), c.o.Habits
	declines, ignores := d.does(h.Declines), d.does(h.Ignores)
	if err := api.Pause(ctx, c.o.after(d.between(2*time.Second, 10*time.Second))); err != nil || ignores {
		return err
	}
	if declines {
		return c.delivery(ctx, o.DeliveryID, "decline", o.ID, map[string]string{"offer_id": o.ID, "reason": "too far for me"})
	}
	if err := c.delivery(ctx, o.DeliveryID, "accept", o.ID, map[string]string{"offer_id": o.ID}); err != nil {
		return err
	}
	c.o.Book.Took(c.who.CourierID, o.DeliveryID)
	_, err := c.now.await(ctx, func(now api.Courier) bool {
		return now.Delivery != nil || now.Offer == nil || now.Offer.ID != o.ID
	})
	return err
}

func (c *courier) delivery(ctx context.Context, id, verb, key string, body any) error {
	return c.tab.Command(ctx, http.MethodPost, courierAPI+"/deliveries/"+id+":"+verb, key+"-"+c.who.CourierID+"-"+verb, body)
}
