package server

import (
	"context"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/services/ordering"
)

// PlaceOrder is for the customer themselves, and for our own services on a customer's behalf.
func (s *Server) PlaceOrder(ctx context.Context, r *orderingv1.PlaceOrderRequest) (*orderingv1.PlaceOrderResponse, error) {
	if err := identity.FromContext(ctx).Require(customer(r.GetCustomerId()), service); err != nil {
		return nil, err
	}
	position, err := s.orders.Create(ctx, r.GetOrderId(), func(o ordering.Order) (*orderingv1.OrderEvent, error) {
		// In here, so that a repeat of an accepted order is answered whatever became of the menu and the customer.
		leaving, err := s.leavers.Has(r.GetCustomerId())
		if err != nil {
			return nil, err
		}
		if leaving {
			return nil, problem.Refuse("CUSTOMER_LEAVING", "this account is closed, or being closed: it takes no more orders")
		}
		menu, err := s.menus.Of(r.GetRestaurantId())
		if err != nil {
			return nil, err
		}
		return o.Place(r, menu, s.now())
	})
	if err != nil {
		return nil, err
	}
	return &orderingv1.PlaceOrderResponse{Position: position}, nil
}
