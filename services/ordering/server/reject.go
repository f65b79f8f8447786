package server

import (
	"context"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/identity"
	"tiffin/services/ordering"
)

// RejectOrder is for the house: fulfilment rejects what can't be paid for or made.
func (s *Server) RejectOrder(ctx context.Context, r *orderingv1.RejectOrderRequest) (*orderingv1.RejectOrderResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.orders.Execute(ctx, r.GetOrderId(), func(o ordering.Order) (*orderingv1.OrderEvent, error) {
		return o.Reject(r)
	})
	if err != nil {
		return nil, err
	}
	return &orderingv1.RejectOrderResponse{Position: position}, nil
}
