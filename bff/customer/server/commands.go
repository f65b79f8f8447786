package server

import (
	"context"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/position"
)

// PlaceOrder orders for the caller: who else it could be for is not asked.
func (s *Server) PlaceOrder(ctx context.Context, r *customerv1.PlaceOrderRequest) (*customerv1.PlaceOrderResponse, error) {
	customer, err := customerOf(ctx)
	if err != nil {
		return nil, err
	}
	command := &orderingv1.PlaceOrderRequest{
		OrderId: r.OrderId, CustomerId: customer, RestaurantId: r.RestaurantId,
		ExpectedTotal: r.ExpectedTotal, Tip: r.Tip, PaymentToken: r.PaymentToken,
	}
	if a := r.DeliveryAddress; a != nil {
		command.DeliveryAddress = &orderingv1.DeliveryAddress{Line: a.Line, Latitude: a.Latitude, Longitude: a.Longitude}
	}
	for _, i := range r.Items {
		command.Items = append(command.Items, &orderingv1.OrderedItem{
			ItemId: i.ItemId, Quantity: i.Quantity, OptionIds: i.OptionIds, Note: i.Note,
		})
	}
	done, err := s.Ordering.PlaceOrder(ctx, command)
	if err != nil {
		return nil, err
	}
	return &customerv1.PlaceOrderResponse{OrderId: r.OrderId}, ordered(ctx, done.Position)
}

// CancelOrder leaves it to ordering whose order it is: this BFF may not have heard of it yet.
func (s *Server) CancelOrder(ctx context.Context, r *customerv1.CancelOrderRequest) (*customerv1.CancelOrderResponse, error) {
	if _, err := customerOf(ctx); err != nil {
		return nil, err
	}
	done, err := s.Ordering.CancelOrder(ctx, &orderingv1.CancelOrderRequest{OrderId: r.OrderId, Reason: r.Reason})
	if err != nil {
		return nil, err
	}
	return &customerv1.CancelOrderResponse{OrderId: r.OrderId}, ordered(ctx, done.Position)
}

// ordered reports how far the orders' log has come by the command.
func ordered(ctx context.Context, at uint64) error {
	token, err := presented(ctx)
	if err != nil {
		return err
	}
	domain := eventlog.DomainOf(&orderingv1.OrderEvent{})
	return report(ctx, token.Merge(position.Token{domain: at}), false)
}
