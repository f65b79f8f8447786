package courier

import (
	"math"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/geo"
)

// Message is the courier at a time, in whose zone a day begins.
func (d Document) Message(now time.Time) *courierapi.Courier {
	m := &courierapi.Courier{
		CourierId: d.CourierID, Name: d.Name.Text(), Vehicle: courierapi.Vehicle(d.Vehicle), OnShift: d.OnShift, Offer: d.OpenOffer(now),
	}
	if d.OnShift {
		m.ShiftStartedAt = timestamppb.New(d.ShiftAt)
	}
	if d.Delivery != nil {
		m.Delivery = d.Delivery.message()
	}
	year, month, day := now.Date()
	midnight := time.Date(year, month, day, 0, 0, 0, 0, now.Location())
	for _, e := range d.Earned {
		if e.Time.Before(midnight) {
			continue
		}
		m.DeliveredToday++
		if m.GetEarnedToday() == nil {
			m.EarnedToday = &typev1.Money{CurrencyCode: e.Currency}
		}
		m.EarnedToday.MinorUnits += e.MinorUnits
	}
	return m
}

// OpenOffer is what may be taken at a time; nil: nothing. One that has expired is not shown, whoever may still have to say so.
func (d Document) OpenOffer(now time.Time) *courierapi.Offer {
	o := d.Offer
	if o == nil || !now.Before(o.ExpiresAt) {
		return nil
	}
	return &courierapi.Offer{
		OfferId: o.OfferID, DeliveryId: o.DeliveryID, RestaurantId: o.RestaurantID, RestaurantName: o.RestaurantName,
		PickUp: o.PickUp.message(), DropOff: o.DropOff.Location(), DistanceMeters: o.Distance(), Payout: o.payout(),
		ReadyAt: timestamppb.New(o.ReadyAt), OfferedAt: timestamppb.New(o.OfferedAt), ExpiresAt: timestamppb.New(o.ExpiresAt),
		ExpiresIn: durationpb.New(o.ExpiresAt.Sub(now)),
	}
}

// OfferOf returns the last offer of a delivery, or none where it was never offered, or long ago.
func (d Document) OfferOf(deliveryID string) (offerID string, found bool) {
	for _, o := range d.Offered {
		if o.DeliveryID == deliveryID {
			offerID, found = o.OfferID, true
		}
	}
	return offerID, found
}

func (d Delivery) message() *courierapi.Delivery {
	return &courierapi.Delivery{
		DeliveryId: d.DeliveryID, State: courierapi.DeliveryState(d.State), RestaurantId: d.RestaurantID,
		RestaurantName: d.RestaurantName, PickUp: d.PickUp.message(), DropOffLine: d.DropOff.Text(), DropOff: d.DropOff.Location(),
		DistanceMeters: d.Distance(), Payout: d.payout(), ReadyAt: timestamppb.New(d.ReadyAt),
		AcceptedAt: timestamppb.New(d.AcceptedAt), ChangedAt: timestamppb.New(d.ChangedAt), Reason: d.Reason,
	}
}

// Distance is how many metres it is from the restaurant to the door, as the crow flies; 0 where the door was forgotten.
func (t Trip) Distance() int32 {
	door := t.DropOff.Location()
	if door == nil {
		return 0
	}
	return int32(math.Round(geo.Distance(t.PickUp.message(), door)))
}

func (t Trip) payout() *typev1.Money {
	return &typev1.Money{CurrencyCode: t.Currency, MinorUnits: t.Payout}
}

func (p Place) message() *typev1.Location {
	return &typev1.Location{Latitude: p.Latitude, Longitude: p.Longitude}
}
