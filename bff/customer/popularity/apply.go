package popularity

import (
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/view"
)

// counted is the restaurant whose count an event changes, and by how much; none where it changes none.
func counted(e view.Event) (restaurantID string, by int64) {
	data, ok := e.Data.(*orderingv1.OrderEvent)
	if !ok {
		return "", 0
	}
	switch event := data.GetEvent().(type) {
	case *orderingv1.OrderEvent_OrderPlaced:
		return event.OrderPlaced.GetRestaurantId(), 1
	case *orderingv1.OrderEvent_OrderRejected:
		return event.OrderRejected.GetRestaurantId(), -1
	case *orderingv1.OrderEvent_OrderCancelled:
		return event.OrderCancelled.GetRestaurantId(), -1
	default:
		return "", 0
	}
}

// Route names the restaurant that an event concerns, if any.
func Route(e view.Event) []string {
	if id, _ := counted(e); id != "" {
		return []string{id}
	}
	return nil
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	id, by := counted(e)
	d.RestaurantID = id
	d.Orders += by
	return view.Keep
}
