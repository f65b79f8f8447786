package city

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"tiffin/bench/city/api"
	"tiffin/bench/city/books"
)

const customerAPI = "/api/customer/v1"

// customer is one order and whoever placed it.
type customer struct {
	*City
	tab *api.Tab
	d   dice
	id  string
	// shown is the newest of the order.
	shown *latest[api.Order]
}

// order lets somebody order, and follow it to its end.
func (c *City) order(ctx context.Context, n uint64, by *api.Person) error {
	d := newDice(c.o.Seed, "order", n)
	from, err := c.menus.any(ctx, d)
	if err != nil {
		return err
	}
	b, ok := fill(from, d, c.o.Habits, time.Now())
	if !ok {
		return nil // nothing there that one would like
	}
	o := customer{City: c, tab: by.Open(), d: d, id: b.OrderID, shown: newLatest[api.Order]()}
	c.o.Book.Placing(o.id, b.Expected.Minor)
	switch err := o.tab.Command(ctx, http.MethodPost, customerAPI+"/orders", o.id, b); {
	case api.Code(err) != "":
		c.menus.forget(b.RestaurantID)
		c.o.Book.Refused(o.id, api.Code(err))
		return nil
	case err != nil:
		c.o.Book.GivenUp(o.id)
		return err
	}
	c.o.Book.Reached(o.id, books.Answered)
	return o.follow(ctx)
}

// follow goes on until the order has ended.
func (o customer) follow(ctx context.Context) error {
	const mayLook = 0.2
	if o.d.does(mayLook) {
		if err := o.look(ctx); err != nil {
			return err
		}
	}
	live, early, late := !o.d.does(o.o.Looks), o.d.does(o.o.Habits.CancelsEarly), o.d.does(o.o.Habits.CancelsLate)
	soon, later := o.d.between(time.Second, 12*time.Second), o.d.between(5*time.Second, 8*time.Minute)
	g, following := newCrowd(ctx)
	g.Go(func() error {
		if live {
			return o.watch(following)
		}
		return o.poll(following)
	})
	switch {
	case early:
		g.Go(func() error { return o.cancel(following, "PLACED", soon) })
	case late:
		g.Go(func() error { return o.cancel(following, "CONFIRMED", later) })
	}
	if err := g.Wait(); err != nil && api.Code(err) == "" {
		return err
	}
	return o.look(ctx)
}

func (o customer) watch(ctx context.Context) error {
	return o.tab.Watch(ctx, customerAPI+"/orders/"+o.id+":watch", func(e api.Event) bool {
		var now api.Order
		if json.Unmarshal(e.Data, &now) != nil {
			return true // not an order: the next one will do
		}
		return !o.sees(now, e.Stale).Ended() || e.Stale // what is stale is no end
	})
}

// poll looks again now and then.
func (o customer) poll(ctx context.Context) error {
	const atMost = time.Second
	for {
		if err := o.look(ctx); err != nil {
			return err
		}
		if now, _ := o.shown.get(); now.Ended() {
			return nil
		}
		if err := api.Pause(ctx, max(atMost, o.o.after(20*time.Second))); err != nil {
			return err
		}
	}
}

// look asks for the order.
func (o customer) look(ctx context.Context) error {
	var now api.Order
	stale, err := o.tab.Read(ctx, customerAPI+"/orders/"+o.id, &now)
	if said := (*api.Refusal)(nil); errors.As(err, &said) && said.Status == http.StatusNotFound {
		if !said.Stale {
			o.o.Book.Lost(o.id)
		}
		return nil
	}
	if err == nil {
		o.sees(now, stale)
	}
	return err
}

func (o customer) sees(now api.Order, stale bool) api.Order {
	if stale {
		o.o.Book.Stale()
		return now
	}
	o.o.Book.Shown(now)
	o.shown.put(now)
	return now
}

// cancel calls the order off some time after it has that status. What has ended by then stays so.
func (o customer) cancel(ctx context.Context, status string, after time.Duration) error {
	reached := func(now api.Order) bool { return now.Status == status || now.Ended() }
	if now, err := o.shown.await(ctx, reached); err != nil || now.Ended() {
		return err
	}
	if err := api.Pause(ctx, o.o.after(after)); err != nil {
		return err
	}
	if now, _ := o.shown.get(); !now.Cancellable || o.people.has(o.tab.ID) {
		return nil
	}
	body := map[string]string{"reason": "I have changed my mind."}
	err := o.tab.Command(ctx, http.MethodPost, customerAPI+"/orders/"+o.id+":cancel", o.id+"-cancel", body)
	if api.Code(err) != "" {
		return nil
	}
	return err
}
