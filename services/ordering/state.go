package ordering

import (
	"fmt"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/problem"
)

// Status is how far an order has come.
type Status string

// The statuses. An order that was never placed has the zero value.
const (
	Placed    Status = "placed"
	Confirmed Status = "confirmed"
	Rejected  Status = "rejected"
	Cancelled Status = "cancelled"
	Completed Status = "completed"
)

// Order is what its events say about one order. The zero value is one that was never placed.
type Order struct {
	Status       Status
	CustomerID   string
	RestaurantID string
}

// Evolve returns the order after the event. An event that it does not know is an error.
func Evolve(o Order, e *orderingv1.OrderEvent) (Order, error) {
	switch e := e.GetEvent().(type) {
	case *orderingv1.OrderEvent_OrderPlaced:
		return Order{
			Status: Placed, CustomerID: e.OrderPlaced.GetCustomerId(), RestaurantID: e.OrderPlaced.GetRestaurantId(),
		}, nil
	case *orderingv1.OrderEvent_OrderConfirmed:
		o.Status = Confirmed
	case *orderingv1.OrderEvent_OrderRejected:
		o.Status = Rejected
	case *orderingv1.OrderEvent_OrderCancelled:
		o.Status = Cancelled
	case *orderingv1.OrderEvent_OrderCompleted:
		o.Status = Completed
	default:
		return o, fmt.Errorf("ordering: unknown event %T", e)
	}
	return o, nil
}

// moves reports whether the order is to move on to the status: it is refused unless the order stands at one of from, and
// a repeat is neither.
func (o Order) moves(to Status, from ...Status) (bool, error) {
	if o.Status == "" {
		return false, problem.Missing("ORDER_NOT_FOUND", "there is no such order")
	}
	if o.Status == to {
		return false, nil
	}
	for _, s := range from {
		if o.Status == s {
			return true, nil
		}
	}
	return false, problem.Refuse("ORDER_NOT_OPEN", "that can't be done with this order: it is %s", o.Status).
		With("status", string(o.Status))
}
