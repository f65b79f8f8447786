package board

import (
	"slices"
	"time"

	"tiffin/bff/restaurant/ticket"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/view"
)

// A cancelled ticket stays where the cook would look for it, unless so many were cancelled since that nobody would: each event of
// the restaurant writes all that is on its board.
const (
	cancelledFor    = 15 * time.Minute
	cancelledAtMost = 10
)

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	switch data := e.Data.(type) {
	case *kitchenv1.TicketEvent:
		d.RestaurantID = ticket.RestaurantOf(data)
		d.cook(e, data)
	case *restaurantv1.RestaurantEvent:
		d.Restaurant.Apply(e.AggregateID, data)
		switch event := data.GetEvent().(type) {
		case *restaurantv1.RestaurantEvent_ItemSoldOut:
			d.forget(event.ItemSoldOut.GetItemId())
			d.SoldOut = append(d.SoldOut, event.ItemSoldOut.GetItemId())
		case *restaurantv1.RestaurantEvent_ItemBack:
			d.forget(event.ItemBack.GetItemId())
		case *restaurantv1.RestaurantEvent_MenuItemRemoved:
			d.forget(event.MenuItemRemoved.GetItemId())
		}
	}
	d.Tickets = d.current(e.Time)
	return view.Keep
}

func (d *Document) cook(e view.Event, data *kitchenv1.TicketEvent) {
	i := slices.IndexFunc(d.Tickets, func(t ticket.Ticket) bool { return t.TicketID == e.AggregateID })
	if i < 0 {
		if data.GetTicketOpened() == nil {
			return // it left the board before
		}
		d.Tickets = append(d.Tickets, ticket.Ticket{})
		i = len(d.Tickets) - 1
	}
	d.Tickets[i].Apply(e, data)
}

func (d *Document) forget(item string) {
	d.SoldOut = slices.DeleteFunc(d.SoldOut, func(id string) bool { return id == item })
}

// current are the tickets that are on the board at a moment.
func (d *Document) current(now time.Time) []ticket.Ticket {
	on := slices.DeleteFunc(slices.Clone(d.Tickets), func(t ticket.Ticket) bool {
		return t.Is(restaurantbffv1.TicketStatus_HANDED_OVER) || t.Is(restaurantbffv1.TicketStatus_REJECTED) ||
			cancelled(t) && now.Sub(t.ChangedAt) >= cancelledFor
	})
	var since []time.Time
	for _, t := range on {
		if cancelled(t) {
			since = append(since, t.ChangedAt)
		}
	}
	if len(since) <= cancelledAtMost {
		return on
	}
	slices.SortFunc(since, time.Time.Compare)
	oldest := since[len(since)-cancelledAtMost]
	return slices.DeleteFunc(on, func(t ticket.Ticket) bool { return cancelled(t) && t.ChangedAt.Before(oldest) })
}

func cancelled(t ticket.Ticket) bool { return t.Is(restaurantbffv1.TicketStatus_CANCELLED) }

// Message is the board at a moment; what the moment says of the hours is left to the server.
func (d *Document) Message(now time.Time) *restaurantbffv1.Board {
	m := &restaurantbffv1.Board{RestaurantId: d.RestaurantID, Name: d.Name, SoldOutItemIds: d.SoldOut}
	for _, t := range d.current(now) {
		m.Tickets = append(m.Tickets, t.Message())
	}
	return m
}
