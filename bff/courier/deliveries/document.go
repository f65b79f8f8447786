package deliveries

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// Document is one delivery as far as one courier goes: who gave it back and who brought it have one each.
type Document struct {
	CourierID      string `bson:"courier_id"`
	DeliveryID     string `bson:"delivery_id"`
	RestaurantID   string `bson:"restaurant_id"`
	RestaurantName string `bson:"restaurant_name"`
	DistanceMeters int32  `bson:"distance_meters"`
	// Accepted is false while it is an offer.
	Accepted   bool      `bson:"accepted"`
	AcceptedAt time.Time `bson:"accepted_at"`
	State      int32     `bson:"state"`
	Reason     string    `bson:"reason"`
	// Finished is whether the courier holds it no more.
	Finished   bool      `bson:"finished"`
	FinishedAt time.Time `bson:"finished_at"`
	Currency   string    `bson:"currency"`
	// Earned is in minor units of the currency.
	Earned int64 `bson:"earned"`
}

// Summary is the delivery as a history shows it.
func (d Document) Summary() *courierapi.DeliverySummary {
	m := &courierapi.DeliverySummary{
		DeliveryId: d.DeliveryID, State: courierapi.DeliveryState(d.State), RestaurantId: d.RestaurantID,
		RestaurantName: d.RestaurantName, DistanceMeters: d.DistanceMeters, Reason: d.Reason, AcceptedAt: timestamppb.New(d.AcceptedAt),
	}
	if d.Finished {
		m.FinishedAt = timestamppb.New(d.FinishedAt)
	}
	if d.Earned != 0 {
		m.Earned = &typev1.Money{CurrencyCode: d.Currency, MinorUnits: d.Earned}
	}
	return m
}
