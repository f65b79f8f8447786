package server

import (
	"context"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/identity"
	"tiffin/services/ordering"
)

// ConfirmOrder is for the house: fulfilment confirms once it is paid for and accepted.
func (s *Server) ConfirmOrder(ctx context.Context, r *orderingv1.ConfirmOrderRequest) (*orderingv1.ConfirmOrderResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.orders.Execute(ctx, r.GetOrderId(), func(o ordering.Order) (*orderingv1.OrderEvent, error) {
		return o.Confirm(r)
	})
	if err != nil {
		return nil, err
	}
	return &orderingv1.ConfirmOrderResponse{Position: position}, nil
}
