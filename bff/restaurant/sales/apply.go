package sales

import (
	"fmt"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/view"
)

// Route names the hour of the restaurant in which the id of the event's order was made, if the event matters.
func Route(e view.Event) []string {
	restaurant := restaurantOf(e)
	if restaurant == "" {
		return nil
	}
	return []string{restaurant + "-" + hourOf(e.AggregateID).Format("2006010215")}
}

func restaurantOf(e view.Event) string {
	switch data := e.Data.(type) {
	case *kitchenv1.TicketEvent:
		switch event := data.GetEvent().(type) {
		case *kitchenv1.TicketEvent_TicketAccepted:
			return event.TicketAccepted.GetRestaurantId()
		case *kitchenv1.TicketEvent_TicketRejected:
			return event.TicketRejected.GetRestaurantId()
		case *kitchenv1.TicketEvent_TicketStarted:
			return event.TicketStarted.GetRestaurantId()
		case *kitchenv1.TicketEvent_TicketCancelled:
			return event.TicketCancelled.GetRestaurantId()
		}
	case *orderingv1.OrderEvent:
		switch event := data.GetEvent().(type) {
		case *orderingv1.OrderEvent_OrderPlaced:
			return event.OrderPlaced.GetRestaurantId()
		case *orderingv1.OrderEvent_OrderRejected:
			return event.OrderRejected.GetRestaurantId()
		case *orderingv1.OrderEvent_OrderCancelled:
			return event.OrderCancelled.GetRestaurantId()
		}
	}
	return ""
}

// hourOf is the hour in which an id was made: every event of an order has it, and so finds the same document.
func hourOf(id string) time.Time {
	parsed, err := ulid.ParseStrict(id)
	if err != nil {
		panic(fmt.Errorf("an order's id: %w", err)) // a fault: ordering takes no such id
	}
	return ulid.Time(parsed.Time()).UTC().Truncate(time.Hour)
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	d.RestaurantID, d.Hour = restaurantOf(e), hourOf(e.AggregateID)
	order := d.order(e.AggregateID)
	switch data := e.Data.(type) {
	case *kitchenv1.TicketEvent:
		switch event := data.GetEvent().(type) {
		case *kitchenv1.TicketEvent_TicketAccepted:
			order.Accepted = true
		case *kitchenv1.TicketEvent_TicketRejected:
			order.Rejected = true
		case *kitchenv1.TicketEvent_TicketStarted:
			order.Started = true
		case *kitchenv1.TicketEvent_TicketCancelled:
			order.Cancelled, order.Started = true, order.Started || event.TicketCancelled.GetStarted()
		}
	case *orderingv1.OrderEvent:
		switch event := data.GetEvent().(type) {
		case *orderingv1.OrderEvent_OrderPlaced:
			d.Currency = event.OrderPlaced.GetSubtotal().GetCurrencyCode()
			order.place(e, event.OrderPlaced)
		case *orderingv1.OrderEvent_OrderRejected:
			order.Rejected = true
		case *orderingv1.OrderEvent_OrderCancelled:
			order.Cancelled = true
		}
	}
	return view.Keep
}

func (d *Document) order(id string) *Order {
	i := slices.IndexFunc(d.Orders, func(o Order) bool { return o.OrderID == id })
	if i < 0 {
		d.Orders = append(d.Orders, Order{OrderID: id})
		i = len(d.Orders) - 1
	}
	return &d.Orders[i]
}

func (o *Order) place(e view.Event, p *orderingv1.OrderPlaced) {
	o.PlacedAt, o.Subtotal, o.Lines = e.Time.UTC().Truncate(time.Millisecond), p.GetSubtotal().GetMinorUnits(), nil
	for _, l := range p.GetLines() {
		o.Lines = append(o.Lines, Line{l.GetItemId(), l.GetName(), l.GetQuantity(), l.GetLineTotal().GetMinorUnits()})
	}
}
