package server

import (
	"context"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/bff"
)

// PlaceOrder orders for the caller: who else it could be for is not asked.
func (s *Server) PlaceOrder(ctx context.Context, r *customerv1.PlaceOrderRequest) (*customerv1.PlaceOrderResponse, error) {
	customer, err := customerOf(ctx)
	if err != nil {
		return nil, err
	}
	command := &orderingv1.PlaceOrderRequest{
		OrderId: r.GetOrderId(), CustomerId: customer, RestaurantId: r.GetRestaurantId(),
		ExpectedTotal: r.GetExpectedTotal(), Tip: r.GetTip(), PaymentToken: r.GetPaymentToken(),
	}
	if a := r.GetDeliveryAddress(); a != nil {
		command.DeliveryAddress = &orderingv1.DeliveryAddress{Line: a.GetLine(), Latitude: a.GetLatitude(), Longitude: a.GetLongitude()}
	}
	for _, i := range r.GetItems() {
		command.Items = append(command.Items, &orderingv1.OrderedItem{
			ItemId: i.GetItemId(), Quantity: i.GetQuantity(), OptionIds: i.GetOptionIds(), Note: i.GetNote(),
		})
	}
	done, err := s.Ordering.PlaceOrder(ctx, command)
	if err != nil {
		return nil, err
	}
	return &customerv1.PlaceOrderResponse{OrderId: r.GetOrderId()}, bff.Accepted(ctx, &orderingv1.OrderEvent{}, done.GetPosition())
}

// CancelOrder leaves it to ordering whose order it is: this BFF may not have heard of it yet.
func (s *Server) CancelOrder(ctx context.Context, r *customerv1.CancelOrderRequest) (*customerv1.CancelOrderResponse, error) {
	if _, err := customerOf(ctx); err != nil {
		return nil, err
	}
	done, err := s.Ordering.CancelOrder(ctx, &orderingv1.CancelOrderRequest{OrderId: r.GetOrderId(), Reason: r.GetReason()})
	if err != nil {
		return nil, err
	}
	return &customerv1.CancelOrderResponse{OrderId: r.GetOrderId()}, bff.Accepted(ctx, &orderingv1.OrderEvent{}, done.GetPosition())
}
