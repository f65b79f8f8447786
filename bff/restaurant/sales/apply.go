package sales

import (
	"time"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/view"
)

// Route names the event's order, if the event matters.
func Route(e view.Event) []string {
	if restaurantOf(e) == "" {
		return nil
	}
	return []string{e.AggregateID}
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

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	d.RestaurantID = restaurantOf(e)
	switch data := e.Data.(type) {
	case *kitchenv1.TicketEvent:
		switch event := data.GetEvent().(type) {
		case *kitchenv1.TicketEvent_TicketAccepted:
			d.Accepted = true
		case *kitchenv1.TicketEvent_TicketRejected:
			d.Rejected = true
		case *kitchenv1.TicketEvent_TicketStarted:
			d.Started = true
		case *kitchenv1.TicketEvent_TicketCancelled:
			d.Cancelled, d.Started = true, d.Started || event.TicketCancelled.GetStarted()
		}
	case *orderingv1.OrderEvent:
		switch event := data.GetEvent().(type) {
		case *orderingv1.OrderEvent_OrderPlaced:
			d.place(e, event.OrderPlaced)
		case *orderingv1.OrderEvent_OrderRejected:
			d.Rejected = true
		case *orderingv1.OrderEvent_OrderCancelled:
			d.Cancelled = true
		}
	}
	return view.Keep
}

func (d *Document) place(e view.Event, p *orderingv1.OrderPlaced) {
	d.PlacedAt, d.Subtotal, d.Lines = e.Time.UTC().Truncate(time.Millisecond), p.GetSubtotal().GetMinorUnits(), nil
	for _, l := range p.GetLines() {
		d.Lines = append(d.Lines, Line{l.GetItemId(), l.GetName(), l.GetQuantity(), l.GetLineTotal().GetMinorUnits()})
	}
}
