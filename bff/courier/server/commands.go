package server

import (
	"context"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/bff"
)

// PickUpDelivery leaves it to delivery whose delivery it is: this BFF may not have heard of it yet.
func (s *Server) PickUpDelivery(
	ctx context.Context, r *courierapi.PickUpDeliveryRequest,
) (*courierapi.PickUpDeliveryResponse, error) {
	courier, err := courierOf(ctx)
	if err != nil {
		return nil, err
	}
	done, err := s.Delivery.PickUpDelivery(ctx, &deliveryv1.PickUpDeliveryRequest{DeliveryId: r.GetDeliveryId(), CourierId: courier})
	if err != nil {
		return nil, err
	}
	return &courierapi.PickUpDeliveryResponse{DeliveryId: r.GetDeliveryId()}, delivered(ctx, done.GetPosition())
}

// DeliverDelivery says that the customer has the food.
func (s *Server) DeliverDelivery(
	ctx context.Context, r *courierapi.DeliverDeliveryRequest,
) (*courierapi.DeliverDeliveryResponse, error) {
	courier, err := courierOf(ctx)
	if err != nil {
		return nil, err
	}
	done, err := s.Delivery.DeliverDelivery(ctx, &deliveryv1.DeliverDeliveryRequest{DeliveryId: r.GetDeliveryId(), CourierId: courier})
	if err != nil {
		return nil, err
	}
	return &courierapi.DeliverDeliveryResponse{DeliveryId: r.GetDeliveryId()}, delivered(ctx, done.GetPosition())
}

// ReleaseDelivery gives the delivery back.
func (s *Server) ReleaseDelivery(
	ctx context.Context, r *courierapi.ReleaseDeliveryRequest,
) (*courierapi.ReleaseDeliveryResponse, error) {
	courier, err := courierOf(ctx)
	if err != nil {
		return nil, err
	}
	done, err := s.Delivery.ReleaseDelivery(ctx, &deliveryv1.ReleaseDeliveryRequest{
		DeliveryId: r.GetDeliveryId(), CourierId: courier, ReasonCode: r.GetReasonCode(), Reason: r.GetReason(),
	})
	if err != nil {
		return nil, err
	}
	return &courierapi.ReleaseDeliveryResponse{DeliveryId: r.GetDeliveryId()}, delivered(ctx, done.GetPosition())
}

// FailDelivery says that it could not be delivered.
func (s *Server) FailDelivery(ctx context.Context, r *courierapi.FailDeliveryRequest) (*courierapi.FailDeliveryResponse, error) {
	if _, err := courierOf(ctx); err != nil {
		return nil, err
	}
	done, err := s.Delivery.FailDelivery(ctx, &deliveryv1.FailDeliveryRequest{
		DeliveryId: r.GetDeliveryId(), ReasonCode: r.GetReasonCode(), Reason: r.GetReason(),
	})
	if err != nil {
		return nil, err
	}
	return &courierapi.FailDeliveryResponse{DeliveryId: r.GetDeliveryId()}, delivered(ctx, done.GetPosition())
}

// delivered reports how far the deliveries' log has come by the command.
func delivered(ctx context.Context, at uint64) error {
	return bff.Accepted(ctx, &deliveryv1.DeliveryEvent{}, at)
}
