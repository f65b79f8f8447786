package courier

import (
	"time"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/problem"
)

// OfferDelivery offers the courier a delivery, one at a time and only to a courier who is free.
func (c Courier) OfferDelivery(r *courierv1.OfferDeliveryRequest, now time.Time) (*courierv1.CourierEvent, error) {
	if err := c.known(); err != nil {
		return nil, err
	}
	switch {
	case c.Offer.ID == r.GetOfferId() && c.Offer.Status == Open:
		return nil, nil
	case c.Offer.ID == r.GetOfferId():
		return nil, problem.Refuse("OFFER_NOT_OPEN", "this offer was made before: it is %s", c.Offer.Status)
	case !c.OnShift:
		return nil, problem.Refuse("NOT_ON_SHIFT", "this courier takes no offers at the moment")
	case c.Holds != "":
		return nil, c.busy()
	case c.Offer.Status == Open:
		return nil, problem.Refuse("OFFER_PENDING", "this courier has another offer to answer").With("offer_id", c.Offer.ID)
	case !now.Before(r.GetExpiresAt().AsTime()):
		return nil, problem.Refuse("OFFER_EXPIRED", "this offer has expired already")
	case r.GetPayout().GetMinorUnits() < 0:
		return nil, problem.InvalidField("payout.minor_units", "can't be negative")
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryOffered{DeliveryOffered: &courierv1.DeliveryOffered{
		OfferId: r.GetOfferId(), DeliveryId: r.GetDeliveryId(), RestaurantId: r.GetRestaurantId(),
		RestaurantName: r.GetRestaurantName(), PickUp: r.GetPickUp(), DropOff: r.GetDropOff(), Payout: r.GetPayout(),
		ReadyAt: r.GetReadyAt(), ExpiresAt: r.GetExpiresAt(),
	}}}, nil
}
