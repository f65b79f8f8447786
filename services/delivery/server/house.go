package server

import (
	"context"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/identity"
	"tiffin/services/delivery"
)

// RequestDelivery is for the house: fulfilment requests it while the food cooks.
func (s *Server) RequestDelivery(ctx context.Context, c *deliveryv1.RequestDeliveryRequest) (*deliveryv1.RequestDeliveryResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.deliveries.Create(ctx, c.GetDeliveryId(),
		func(a delivery.Delivery) (*deliveryv1.DeliveryEvent, error) { return a.Request(c) })
	if err != nil {
		return nil, err
	}
	return &deliveryv1.RequestDeliveryResponse{Position: position}, nil
}

// AssignDelivery is for the house: dispatch assigns the courier who has accepted.
func (s *Server) AssignDelivery(ctx context.Context, c *deliveryv1.AssignDeliveryRequest) (*deliveryv1.AssignDeliveryResponse, error) {
	position, err := s.execute(ctx, c.GetDeliveryId(),
		func(a delivery.Delivery) (*deliveryv1.DeliveryEvent, error) { return a.Assign(c) }, operations, service)
	if err != nil {
		return nil, err
	}
	return &deliveryv1.AssignDeliveryResponse{Position: position}, nil
}

// CancelDelivery is for the house, before the pick-up.
func (s *Server) CancelDelivery(ctx context.Context, c *deliveryv1.CancelDeliveryRequest) (*deliveryv1.CancelDeliveryResponse, error) {
	position, err := s.execute(ctx, c.GetDeliveryId(),
		func(a delivery.Delivery) (*deliveryv1.DeliveryEvent, error) { return a.Cancel(c) }, operations, service)
	if err != nil {
		return nil, err
	}
	return &deliveryv1.CancelDeliveryResponse{Position: position}, nil
}
