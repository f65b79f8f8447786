package server

import (
	"context"
	"strconv"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/bff"
	"tiffin/platform/problem"
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

// CancelOrder leaves it to ordering whose order it is: this BFF may not have heard of it yet. Where the customer was told a
// charge, it must still be the one: the kitchen may have started meanwhile.
func (s *Server) CancelOrder(ctx context.Context, r *customerv1.CancelOrderRequest) (*customerv1.CancelOrderResponse, error) {
	if _, err := customerOf(ctx); err != nil {
		return nil, err
	}
	if told := r.GetExpectedCharge(); told != nil {
		if err := s.stillCosts(ctx, r.GetOrderId(), told); err != nil {
			return nil, err
		}
	}
	done, err := s.Ordering.CancelOrder(ctx, &orderingv1.CancelOrderRequest{OrderId: r.GetOrderId(), Reason: r.GetReason()})
	if err != nil {
		return nil, err
	}
	return &customerv1.CancelOrderResponse{OrderId: r.GetOrderId()}, bff.Accepted(ctx, &orderingv1.OrderEvent{}, done.GetPosition())
}

// stillCosts refuses a charge that is not what calling the order off costs now. Who is to settle a race is the kitchen; one
// that can't be called off any more is ordering's to refuse.
func (s *Server) stillCosts(ctx context.Context, id string, told *typev1.Money) error {
	d, err := s.order(ctx, id)
	if err != nil {
		if problem.From(err).Code == "ORDER_NOT_FOUND" {
			return nil
		}
		return err
	}
	now := d.Message().GetCancellationCharge()
	if now == nil || now.GetMinorUnits() == told.GetMinorUnits() && now.GetCurrencyCode() == told.GetCurrencyCode() {
		return nil
	}
	return problem.Refuse("CHARGE_CHANGED", "The kitchen has started meanwhile: cancelling is not free any more.").
		With("charge", strconv.FormatInt(now.GetMinorUnits(), 10)).With("currency_code", now.GetCurrencyCode())
}
