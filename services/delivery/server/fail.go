package server

import (
	"context"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/identity"
	"tiffin/services/delivery"
)

// FailDelivery is for its courier, whom only the delivery knows, after the pick-up, and for the house at any time.
func (s *Server) FailDelivery(ctx context.Context, c *deliveryv1.FailDeliveryRequest) (*deliveryv1.FailDeliveryResponse, error) {
	caller := identity.FromContext(ctx)
	if caller.Anonymous() {
		return nil, caller.Require()
	}
	position, err := s.deliveries.Execute(ctx, c.GetDeliveryId(), func(d delivery.Delivery) (*deliveryv1.DeliveryEvent, error) {
		if d.Status == "" || caller.Require(operations, service) == nil {
			return d.Fail(c)
		}
		if err := caller.Require(own(d.CourierID)); err != nil {
			return nil, err
		}
		return d.FailByCourier(c)
	})
	if err != nil {
		return nil, err
	}
	return &deliveryv1.FailDeliveryResponse{Position: position}, nil
}
