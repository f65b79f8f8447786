package server

import (
	"context"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/services/courier"
)

// OfferDelivery is for the house: dispatch offers to who is free.
func (s *Server) OfferDelivery(ctx context.Context, c *courierv1.OfferDeliveryRequest) (*courierv1.OfferDeliveryResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.OfferDelivery(c, s.now()) }, operations, service)
	if err != nil {
		return nil, err
	}
	return &courierv1.OfferDeliveryResponse{Position: position}, nil
}

// ExpireOffer is for the house: dispatch keeps the time.
func (s *Server) ExpireOffer(ctx context.Context, c *courierv1.ExpireOfferRequest) (*courierv1.ExpireOfferResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.Expire(c) }, operations, service)
	if err != nil {
		return nil, err
	}
	return &courierv1.ExpireOfferResponse{Position: position}, nil
}

// WithdrawOffer is for the house: the delivery isn't wanted any more.
func (s *Server) WithdrawOffer(ctx context.Context, c *courierv1.WithdrawOfferRequest) (*courierv1.WithdrawOfferResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.Withdraw(c) }, operations, service)
	if err != nil {
		return nil, err
	}
	return &courierv1.WithdrawOfferResponse{Position: position}, nil
}

// FinishDelivery is for the house: the courier is free again.
func (s *Server) FinishDelivery(ctx context.Context, c *courierv1.FinishDeliveryRequest) (*courierv1.FinishDeliveryResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.Finish(c) }, operations, service)
	if err != nil {
		return nil, err
	}
	return &courierv1.FinishDeliveryResponse{Position: position}, nil
}
