package ordering

import (
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/problem"
)

// Reject says that the order will not be made. Once it was confirmed, it can only be cancelled.
func (o Order) Reject(c *orderingv1.RejectOrderRequest) (*orderingv1.OrderEvent, error) {
	if c.GetReasonCode() == "" {
		return nil, problem.InvalidField("reason_code", "is needed")
	}
	if c.GetReason() == "" {
		return nil, problem.InvalidField("reason", "is needed: it is what the customer is told")
	}
	if moves, err := o.moves(Rejected, Placed); !moves {
		return nil, err
	}
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{
		CustomerId: o.CustomerID, RestaurantId: o.RestaurantID, ReasonCode: c.GetReasonCode(), Reason: c.GetReason(),
	}}}, nil
}
