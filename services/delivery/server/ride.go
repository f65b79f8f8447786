package server

import (
	"context"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/services/delivery"
)

// ReleaseDelivery is for its courier and for the house, before the pick-up.
func (s *Server) ReleaseDelivery(ctx context.Context, c *deliveryv1.ReleaseDeliveryRequest) (*deliveryv1.ReleaseDeliveryResponse, error) {
	position, err := s.execute(ctx, c.GetDeliveryId(),
		func(a delivery.Delivery) (*deliveryv1.DeliveryEvent, error) { return a.Release(c) }, own(c.GetCourierId()), operations, service)
	if err != nil {
		return nil, err
	}
	return &deliveryv1.ReleaseDeliveryResponse{Position: position}, nil
}

// PickUpDelivery is for its courier.
func (s *Server) PickUpDelivery(ctx context.Context, c *deliveryv1.PickUpDeliveryRequest) (*deliveryv1.PickUpDeliveryResponse, error) {
	position, err := s.execute(ctx, c.GetDeliveryId(),
		func(a delivery.Delivery) (*deliveryv1.DeliveryEvent, error) { return a.PickUp(c) }, own(c.GetCourierId()))
	if err != nil {
		return nil, err
	}
	return &deliveryv1.PickUpDeliveryResponse{Position: position}, nil
}

// DeliverDelivery is for its courier.
func (s *Server) DeliverDelivery(ctx context.Context, c *deliveryv1.DeliverDeliveryRequest) (*deliveryv1.DeliverDeliveryResponse, error) {
	position, err := s.execute(ctx, c.GetDeliveryId(),
		func(a delivery.Delivery) (*deliveryv1.DeliveryEvent, error) { return a.Deliver(c) }, own(c.GetCourierId()))
	if err != nil {
		return nil, err
	}
	return &deliveryv1.DeliverDeliveryResponse{Position: position}, nil
}
