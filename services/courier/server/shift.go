package server

import (
	"context"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/services/courier"
)

// StartShift is for the courier.
func (s *Server) StartShift(ctx context.Context, c *courierv1.StartShiftRequest) (*courierv1.StartShiftResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.StartShift(c) }, own(c.GetCourierId()))
	if err != nil {
		return nil, err
	}
	return &courierv1.StartShiftResponse{Position: position}, nil
}

// EndShift is for the courier, while no delivery is held.
func (s *Server) EndShift(ctx context.Context, c *courierv1.EndShiftRequest) (*courierv1.EndShiftResponse, error) {
	position, err := s.execute(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.EndShift(c) }, own(c.GetCourierId()))
	if err != nil {
		return nil, err
	}
	return &courierv1.EndShiftResponse{Position: position}, nil
}
