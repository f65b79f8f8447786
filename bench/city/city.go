package city

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"tiffin/bench/city/api"
	"tiffin/bench/city/streets"
)

// City is the people of one system.
type City struct {
	o         Options
	client    *api.Client
	people    presence
	menus     *menus
	customers []*api.Person
	kitchens  map[string]*kitchen // by restaurant
	couriers  []*courier

	closing chan struct{}
	close   sync.Once
}

// Open learns who lives there. It waits until the system has people of each kind.
func Open(ctx context.Context, o Options) (*City, error) {
	o = o.filled()
	c := &City{o: o, client: api.New(o.URL, o.Through...), people: newPresence(), kitchens: map[string]*kitchen{}, closing: make(chan struct{})}
	c.menus = newMenus(c.client)
	for {
		personas, err := c.client.Personas(ctx)
		if err != nil {
			return nil, err
		}
		if c.settle(personas); len(c.customers) > 0 && len(c.kitchens) > 0 && len(c.couriers) > 0 {
			return c, nil
		}
		if err := api.Pause(ctx, time.Second); err != nil {
			return nil, fmt.Errorf("the city has no people: %w", err)
		}
	}
}

// middle is where couriers begin: the middle of the demo city.
var middle = streets.Place{Latitude: 52.5297, Longitude: 13.4012}

func (c *City) settle(personas []api.Persona) {
	c.customers, c.couriers = nil, nil
	clear(c.kitchens)
	for _, p := range personas {
		who := c.client.Person(p, nil)
		switch {
		case p.Is("customer"):
			c.customers = append(c.customers, who)
		case p.Is("restaurant") && p.RestaurantID != "":
			c.kitchens[p.RestaurantID] = newKitchen(c, who)
		case p.Is("courier") && p.CourierID != "":
			d := newDice(c.o.Seed, "home", p.CourierID)
			away := func() float64 { return (2*d.Float64() - 1) * farthest }
			c.couriers = append(c.couriers, newCourier(c, who, middle.Off(away(), away())))
		}
	}
	if c.o.AtOnce == 0 {
		c.o.AtOnce = len(c.couriers)
	}
}

// Run lets everybody live until ctx ends, and returns when all have gone home. Being told to end is no error.
func (c *City) Run(ctx context.Context) error {
	defer c.client.Close()
	began := ctx
	g, ctx := newCrowd(ctx)
	g.Go(func() error { return c.people.follow(ctx, c.client) })
	for _, k := range c.kitchens {
		g.Go(func() error { return named("restaurant "+k.who.RestaurantID, k.run(ctx)) })
	}
	for _, r := range c.couriers {
		g.Go(func() error { return named("courier "+r.who.CourierID, r.run(ctx)) })
	}
	g.Go(func() error { return c.arrive(ctx) })
	err := g.Wait()
	if began.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func named(who string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s: %w", who, err)
}

// Close lets nobody order any more; what was ordered goes on.
func (c *City) Close() { c.close.Do(func() { close(c.closing) }) }

// Trouble is what calls met that were repeated then.
func (c *City) Trouble() map[string]int { return c.client.Trouble() }

// unique is the key of a command that is meant once for each time that somebody wants it.
func unique() string { return ulid.Make().String() }
