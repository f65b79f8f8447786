package courier

import (
	"time"

	"tiffin/platform/seal"
)

// Document is one courier.
type Document struct {
	CourierID string    `bson:"courier_id"`
	Name      seal.Box  `bson:"name"`
	Vehicle   int32     `bson:"vehicle"`
	OnShift   bool      `bson:"on_shift"`
	ShiftAt   time.Time `bson:"shift_at"`
	// Offered are the last offers, newest last, open or not: a command that is repeated still finds the one that it means.
	Offered []Offered `bson:"offered"`
	// Offer is the open one, if any.
	Offer *Offer `bson:"offer"`
	// Delivery is the one that is held, if any.
	Delivery *Delivery `bson:"delivery"`
	// Earned are the deliveries of the last two days that were brought.
	Earned []Earned `bson:"earned"`
}

// personal is what is about the courier, and about those whom deliveries go to.
func (d *Document) personal() []*seal.Box {
	boxes := []*seal.Box{&d.Name}
	if d.Offer != nil {
		boxes = append(boxes, &d.Offer.DropOff)
	}
	if d.Delivery != nil {
		boxes = append(boxes, &d.Delivery.DropOff)
	}
	return boxes
}

// Offered says which offer was of which delivery.
type Offered struct {
	OfferID    string `bson:"offer_id"`
	DeliveryID string `bson:"delivery_id"`
}

// Offer may be taken until it expires.
type Offer struct {
	OfferID   string    `bson:"offer_id"`
	OfferedAt time.Time `bson:"offered_at"`
	ExpiresAt time.Time `bson:"expires_at"`
	Trip      `bson:"trip"`
}

// Delivery is in the courier's hands.
type Delivery struct {
	State      int32     `bson:"state"`
	Reason     string    `bson:"reason"`
	AcceptedAt time.Time `bson:"accepted_at"`
	ChangedAt  time.Time `bson:"changed_at"`
	Trip       `bson:"trip"`
}

// Trip is what is to be brought from where to where. Payout is in minor units of the currency.
type Trip struct {
	DeliveryID     string    `bson:"delivery_id"`
	RestaurantID   string    `bson:"restaurant_id"`
	RestaurantName string    `bson:"restaurant_name"`
	PickUp         Place     `bson:"pick_up"`
	DropOff        seal.Box  `bson:"drop_off"`
	Currency       string    `bson:"currency"`
	Payout         int64     `bson:"payout"`
	ReadyAt        time.Time `bson:"ready_at"`
}

// Place is a point on the earth.
type Place struct {
	Latitude  float64 `bson:"latitude"`
	Longitude float64 `bson:"longitude"`
}

// Earned is what one delivery that was brought has earned, in minor units of the currency.
type Earned struct {
	Time       time.Time `bson:"time"`
	Currency   string    `bson:"currency"`
	MinorUnits int64     `bson:"minor_units"`
}
