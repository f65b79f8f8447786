package server

import (
	"context"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/services/courier"
)

// AcceptOffer is for the courier, before the offer expires.
func (s *Server) AcceptOffer(ctx context.Context, c *courierv1.AcceptOfferRequest) (*courierv1.AcceptOfferResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.Accept(c, s.now()) }, own(c.GetCourierId()))
	if err != nil {
		return nil, err
	}
	return &courierv1.AcceptOfferResponse{Position: position}, nil
}

// DeclineOffer is for the courier.
func (s *Server) DeclineOffer(ctx context.Context, c *courierv1.DeclineOfferRequest) (*courierv1.DeclineOfferResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.Decline(c) }, own(c.GetCourierId()))
	if err != nil {
		return nil, err
	}
	return &courierv1.DeclineOfferResponse{Position: position}, nil
}
