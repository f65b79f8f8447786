package courier

import (
	"time"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/problem"
)

// Accept takes the offered delivery on, before the offer expires. From here on the courier holds it.
func (c Courier) Accept(r *courierv1.AcceptOfferRequest, now time.Time) (*courierv1.CourierEvent, error) {
	if closes, err := c.closes(r.GetOfferId(), Accepted); !closes {
		return nil, err
	}
	if !now.Before(c.Offer.ExpiresAt) {
		return nil, problem.Refuse("OFFER_EXPIRED", "this offer has expired")
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{OfferAccepted: &courierv1.OfferAccepted{
		OfferId: c.Offer.ID, DeliveryId: c.Offer.DeliveryID,
	}}}, nil
}

// Decline says that the courier does not want it.
func (c Courier) Decline(r *courierv1.DeclineOfferRequest) (*courierv1.CourierEvent, error) {
	if closes, err := c.closes(r.GetOfferId(), Declined); !closes {
		return nil, err
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferDeclined{OfferDeclined: &courierv1.OfferDeclined{
		OfferId: c.Offer.ID, DeliveryId: c.Offer.DeliveryID, Reason: r.GetReason(),
	}}}, nil
}
