package ordering

import (
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
)

// Cancel calls the order off, for as long as it is open.
func (o Order) Cancel(c *orderingv1.CancelOrderRequest) (*orderingv1.OrderEvent, error) {
	if moves, err := o.moves(Cancelled, Placed, Confirmed); !moves {
		return nil, err
	}
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{
		CustomerId: o.CustomerID, RestaurantId: o.RestaurantID, Reason: c.GetReason(),
		ReasonCode: c.GetReasonCode(),
	}}}, nil
}
