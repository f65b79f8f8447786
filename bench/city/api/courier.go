package api

import (
	"time"

	"tiffin/bench/city/streets"
)

// Courier is what one sees of one's own shift.
type Courier struct {
	ID       string    `json:"courier_id"`
	Vehicle  string    `json:"vehicle"`
	OnShift  bool      `json:"on_shift"`
	Offer    *Offer    `json:"offer"`
	Delivery *Delivery `json:"delivery"`
}

// Offer is a delivery that may be taken on.
type Offer struct {
	ID           string    `json:"offer_id"`
	DeliveryID   string    `json:"delivery_id"`
	RestaurantID string    `json:"restaurant_id"`
	Payout       Money     `json:"payout"`
	ExpiresAt    time.Time `json:"expires_at"`
}

// Delivery is one that is held.
type Delivery struct {
	ID           string        `json:"delivery_id"`
	State        string        `json:"state"`
	RestaurantID string        `json:"restaurant_id"`
	PickUp       streets.Place `json:"pick_up"`
	DropOff      streets.Place `json:"drop_off"`
	Payout       Money         `json:"payout"`
}

// Brought is a delivery as the history shows it.
type Brought struct {
	ID     string `json:"delivery_id"`
	State  string `json:"state"`
	Earned *Money `json:"earned"`
}
