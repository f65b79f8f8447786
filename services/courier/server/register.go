package server

import (
	"context"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/identity"
	"tiffin/services/courier"
)

// RegisterCourier is for the house.
func (s *Server) RegisterCourier(ctx context.Context, c *courierv1.RegisterCourierRequest) (*courierv1.RegisterCourierResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.couriers.Create(ctx, c.GetCourierId(),
		func(a courier.Courier) (*courierv1.CourierEvent, error) { return a.Register(c) })
	if err != nil {
		return nil, err
	}
	return &courierv1.RegisterCourierResponse{Position: position}, nil
}
