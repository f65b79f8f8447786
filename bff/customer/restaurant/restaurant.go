package restaurant

import (
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// Restaurant is the part of a document that views embed.
type Restaurant struct {
	RestaurantID string `bson:"restaurant_id"`
	// Registered is false as long as it has not said what it is.
	Registered         bool     `bson:"registered"`
	Name               string   `bson:"name"`
	Description        string   `bson:"description"`
	Cuisines           []string `bson:"cuisines"`
	Image              string   `bson:"image"`
	Address            string   `bson:"address"`
	Latitude           float64  `bson:"latitude"`
	Longitude          float64  `bson:"longitude"`
	PreparationMinutes int32    `bson:"preparation_minutes"`
	Hours              Hours    `bson:"hours"`
	RadiusMeters       int32    `bson:"radius_meters"`
	Currency           string   `bson:"currency"`
	// Fee and MinimumOrder are minor units of Currency.
	Fee          int64  `bson:"fee"`
	MinimumOrder int64  `bson:"minimum_order"`
	Paused       bool   `bson:"paused"`
	PauseReason  string `bson:"pause_reason"`
}

// Hours are opening hours as they are stored.
type Hours struct {
	TimeZone string   `bson:"time_zone"`
	Windows  []Window `bson:"windows"`
}

// Window is one stretch of opening.
type Window struct {
	Weekday int32 `bson:"weekday"`
	Opens   int32 `bson:"opens"`
	Closes  int32 `bson:"closes"`
}

// Message is the hours as the API and platform/hours take them.
func (h Hours) Message() *typev1.OpeningHours {
	out := &typev1.OpeningHours{TimeZone: h.TimeZone}
	for _, w := range h.Windows {
		out.Windows = append(out.Windows, &typev1.OpeningWindow{
			Weekday: typev1.Weekday(w.Weekday), OpensMinute: w.Opens, ClosesMinute: w.Closes,
		})
	}
	return out
}

// Location is where the food comes from.
func (r Restaurant) Location() *typev1.Location {
	return &typev1.Location{Latitude: r.Latitude, Longitude: r.Longitude}
}

// Money is an amount in the restaurant's currency.
func (r Restaurant) Money(minorUnits int64) *typev1.Money {
	return &typev1.Money{CurrencyCode: r.Currency, MinorUnits: minorUnits}
}

// Summary is what a list shows whenever it looks; what depends on the moment, on orders or on the viewer's place is not in it.
func (r Restaurant) Summary() *customerv1.RestaurantSummary {
	return &customerv1.RestaurantSummary{
		RestaurantId: r.RestaurantID, Name: r.Name, Description: r.Description, Cuisines: r.Cuisines, Image: r.Image,
		Location: r.Location(), DeliveryFee: r.Money(r.Fee), MinimumOrder: r.Money(r.MinimumOrder),
		PreparationMinutes: r.PreparationMinutes,
	}
}
