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
	house := caller.Require(operations, service) == nil
	position, err := s.deliveries.ExecuteIf(ctx, c.GetDeliveryId(), func(d delivery.Delivery) error {
		switch {
		case d.Status == "" || house: // what isn't there can't be failed by anybody
			return nil
		case d.CourierID == "": // nobody has it
			return caller.Require(operations, service)
		}
		return caller.Require(own(d.CourierID))
	}, func(d delivery.Delivery) (*deliveryv1.DeliveryEvent, error) {
		if house {
			return d.Fail(c)
		}
		return d.FailByCourier(c)
	})
	if err != nil {
		return nil, err
	}
	return &deliveryv1.FailDeliveryResponse{Position: position}, nil
}
