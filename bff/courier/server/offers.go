package server

import (
	"context"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/bff"
	"tiffin/platform/problem"
)

// AcceptDelivery accepts the caller's offer of the delivery; whether it is still open is for the courier service to say.
func (s *Server) AcceptDelivery(
	ctx context.Context, r *courierapi.AcceptDeliveryRequest,
) (*courierapi.AcceptDeliveryResponse, error) {
	courierID, offerID, err := s.offer(ctx, r)
	if err != nil {
		return nil, err
	}
	done, err := s.Courier.AcceptOffer(ctx, &courierv1.AcceptOfferRequest{CourierId: courierID, OfferId: offerID})
	if err != nil {
		return nil, err
	}
	return &courierapi.AcceptDeliveryResponse{DeliveryId: r.GetDeliveryId()},
		bff.Accepted(ctx, &courierv1.CourierEvent{}, done.GetPosition())
}

// DeclineDelivery declines the caller's offer of the delivery.
func (s *Server) DeclineDelivery(
	ctx context.Context, r *courierapi.DeclineDeliveryRequest,
) (*courierapi.DeclineDeliveryResponse, error) {
	courierID, offerID, err := s.offer(ctx, r)
	if err != nil {
		return nil, err
	}
	done, err := s.Courier.DeclineOffer(ctx, &courierv1.DeclineOfferRequest{
		CourierId: courierID, OfferId: offerID, Reason: r.GetReason(),
	})
	if err != nil {
		return nil, err
	}
	return &courierapi.DeclineDeliveryResponse{DeliveryId: r.GetDeliveryId()},
		bff.Accepted(ctx, &courierv1.CourierEvent{}, done.GetPosition())
}

// offer is the caller, and which of their offers is meant. Only where the request doesn't say, the view does.
func (s *Server) offer(ctx context.Context, r interface {
	GetDeliveryId() string
	GetOfferId() string
},
) (courierID, offerID string, err error) {
	if courierID, err = courierOf(ctx); err != nil || r.GetOfferId() != "" {
		return courierID, r.GetOfferId(), err
	}
	if err := bff.Await(ctx, s.Couriers); err != nil {
		return "", "", err
	}
	d, err := s.courier(ctx, courierID)
	if err != nil {
		return "", "", err
	}
	offerID, found := d.OfferOf(r.GetDeliveryId())
	if !found {
		return "", "", problem.Missing("OFFER_NOT_FOUND", "delivery %s was not offered to this courier", r.GetDeliveryId())
	}
	return courierID, offerID, nil
}
