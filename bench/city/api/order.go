package api

import (
	"time"

	"tiffin/bench/city/streets"
)

// Order is what a customer sees of one.
type Order struct {
	ID           string  `json:"order_id"`
	Status       string  `json:"status"`
	RestaurantID string  `json:"restaurant_id"`
	Items        []Line  `json:"items"`
	Subtotal     Money   `json:"subtotal"`
	DeliveryFee  Money   `json:"delivery_fee"`
	Tip          Money   `json:"tip"`
	Total        Money   `json:"total"`
	Payment      Payment `json:"payment"`
	Timeline     []Entry `json:"timeline"`
	Cancellable  bool    `json:"cancellable"`
	ReasonCode   string  `json:"reason_code"`
	Reason       string  `json:"reason"`
	// PlacedAt and ChangedAt are by the system's clock.
	PlacedAt  time.Time `json:"placed_at"`
	ChangedAt time.Time `json:"changed_at"`
}

// Payment is what the customer is told of the money. Charged is nil while that is not decided.
type Payment struct {
	State    string `json:"state"`
	Charged  *Money `json:"charged"`
	Refunded *Money `json:"refunded"`
}

// Cost is what was taken and not given back; false: that is not decided.
func (p Payment) Cost() (minor int64, decided bool) {
	if p.Charged == nil {
		return 0, false
	}
	minor = p.Charged.Minor
	if p.Refunded != nil {
		minor -= p.Refunded.Minor
	}
	return minor, true
}

// Line is one item of an order.
type Line struct {
	ItemID   string `json:"item_id"`
	Quantity int64  `json:"quantity"`
	Total    Money  `json:"line_total"`
}

// Entry is a step of an order.
type Entry struct {
	Status string `json:"status"`
}

// Ended reports whether nothing more will happen to it that its customer would see.
func (o Order) Ended() bool {
	return o.Status == "REJECTED" || o.Status == "CANCELLED" || o.Status == "COMPLETED"
}

// Basket is what a customer orders.
type Basket struct {
	OrderID      string       `json:"order_id"`
	RestaurantID string       `json:"restaurant_id"`
	Items        []BasketItem `json:"items"`
	Address      Address      `json:"delivery_address"`
	Expected     Money        `json:"expected_total"`
	Tip          *Money       `json:"tip,omitempty"`
	PaymentToken string       `json:"payment_token,omitempty"`
}

// BasketItem is one item of a basket.
type BasketItem struct {
	ItemID    string   `json:"item_id"`
	Quantity  int64    `json:"quantity"`
	OptionIDs []string `json:"option_ids,omitempty"`
	Note      string   `json:"note,omitempty"`
}

// Address is where it goes.
type Address struct {
	Line string `json:"line"`
	streets.Place
}
