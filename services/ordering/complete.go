package ordering

import (
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
)

// Complete says that the order reached the customer.
func (o Order) Complete(*orderingv1.CompleteOrderRequest) (*orderingv1.OrderEvent, error) {
	if moves, err := o.moves(Completed, Confirmed); !moves {
		return nil, err
	}
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCompleted{OrderCompleted: &orderingv1.OrderCompleted{
		CustomerId: o.CustomerID, RestaurantId: o.RestaurantID,
	}}}, nil
}
