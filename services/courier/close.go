package courier

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
)

// Expire says that the courier did not answer in time. Whoever sends it has kept the time: clocks that differ by a
// little would otherwise leave an offer open that nobody closes.
func (c Courier) Expire(r *courierv1.ExpireOfferRequest) (*courierv1.CourierEvent, error) {
	if closes, err := c.closes(r.GetOfferId(), Expired); !closes {
		return nil, err
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferExpired{OfferExpired: &courierv1.OfferExpired{
		OfferId: c.Offer.ID, DeliveryId: c.Offer.DeliveryID,
	}}}, nil
}

// Withdraw says that the delivery isn't wanted any more.
func (c Courier) Withdraw(r *courierv1.WithdrawOfferRequest) (*courierv1.CourierEvent, error) {
	if closes, err := c.closes(r.GetOfferId(), Withdrawn); !closes {
		return nil, err
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferWithdrawn{OfferWithdrawn: &courierv1.OfferWithdrawn{
		OfferId: c.Offer.ID, DeliveryId: c.Offer.DeliveryID,
	}}}, nil
}
