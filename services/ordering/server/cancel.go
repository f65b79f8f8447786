package server

import (
	"context"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/identity"
	"tiffin/services/ordering"
)

// CancelOrder is for the order's own customer and for the house, which alone says so with a code.
func (s *Server) CancelOrder(ctx context.Context, r *orderingv1.CancelOrderRequest) (*orderingv1.CancelOrderResponse, error) {
	caller := identity.FromContext(ctx)
	if caller.Anonymous() {
		return nil, caller.Require()
	}
	if r.GetReasonCode() != "" {
		if err := caller.Require(operations, service); err != nil {
			return nil, err
		}
	}
	position, err := s.orders.ExecuteIf(ctx, r.GetOrderId(), func(o ordering.Order) error {
		if o.Status == "" {
			return nil
		}
		return caller.Require(customer(o.CustomerID), operations, service) // whose it is, only the order knows
	}, func(o ordering.Order) (*orderingv1.OrderEvent, error) { return o.Cancel(r) })
	if err != nil {
		return nil, err
	}
	return &orderingv1.CancelOrderResponse{Position: position}, nil
}
