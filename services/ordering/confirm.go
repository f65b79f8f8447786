package ordering

import (
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
)

// Confirm says that the order will be made.
func (o Order) Confirm(*orderingv1.ConfirmOrderRequest) (*orderingv1.OrderEvent, error) {
	if moves, err := o.moves(Confirmed, Placed); !moves {
		return nil, err
	}
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{
		CustomerId: o.CustomerID, RestaurantId: o.RestaurantID,
	}}}, nil
}
