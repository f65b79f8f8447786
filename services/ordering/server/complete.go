package server

import (
	"context"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/identity"
	"tiffin/services/ordering"
)

// CompleteOrder is for the house: fulfilment completes what was delivered.
func (s *Server) CompleteOrder(ctx context.Context, r *orderingv1.CompleteOrderRequest) (*orderingv1.CompleteOrderResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.orders.Execute(ctx, r.GetOrderId(), func(o ordering.Order) (*orderingv1.OrderEvent, error) {
		return o.Complete(r)
	})
	if err != nil {
		return nil, err
	}
	return &orderingv1.CompleteOrderResponse{Position: position}, nil
}
