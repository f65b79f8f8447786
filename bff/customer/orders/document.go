package orders

import (
	"time"

	"tiffin/platform/seal"
)

// Document is one order.
type Document struct {
	OrderID            string    `bson:"order_id"`
	CustomerID         string    `bson:"customer_id"`
	Status             int32     `bson:"status"`
	RestaurantID       string    `bson:"restaurant_id"`
	RestaurantName     string    `bson:"restaurant_name"`
	RestaurantImage    string    `bson:"restaurant_image"`
	Restaurant         Place     `bson:"restaurant"`
	Lines              []Line    `bson:"lines"`
	Currency           string    `bson:"currency"`
	Subtotal           int64     `bson:"subtotal"`
	DeliveryFee        int64     `bson:"delivery_fee"`
	Tip                int64     `bson:"tip"`
	Total              int64     `bson:"total"`
	Address            seal.Box  `bson:"address"`
	Timeline           []Entry   `bson:"timeline"`
	ReasonCode         string    `bson:"reason_code"`
	Reason             string    `bson:"reason"`
	PreparationMinutes int32     `bson:"preparation_minutes"`
	PlacedAt           time.Time `bson:"placed_at"`
	ChangedAt          time.Time `bson:"changed_at"`
	// Stage is how far it has come in all, or how it ended.
	Stage int32 `bson:"stage"`
	// AnswerBy is when the restaurant is expected to answer; FirstReadyAt and ReadyAt are when it said that the food is ready.
	AnswerBy     time.Time `bson:"answer_by"`
	FirstReadyAt time.Time `bson:"first_ready_at"`
	ReadyAt      time.Time `bson:"ready_at"`
	// Cooked: the kitchen has begun, so that the food is paid for.
	Cooked bool `bson:"cooked"`
	Ready  bool `bson:"ready"`
	// CourierID is who holds the delivery; empty: nobody does.
	CourierID  string    `bson:"courier_id"`
	PickedUpAt time.Time `bson:"picked_up_at"`
	// Arrived: it was delivered. Lost: it will not be.
	Arrived bool    `bson:"arrived"`
	Lost    bool    `bson:"lost"`
	Payment Payment `bson:"payment"`
}

// Payment is what became of the money, in minor units of the order's currency.
type Payment struct {
	State      int32 `bson:"state"`
	Authorized int64 `bson:"authorized"`
	// Settled: it is decided what is charged.
	Settled    bool   `bson:"settled"`
	Charged    int64  `bson:"charged"`
	Refunded   int64  `bson:"refunded"`
	ReasonCode string `bson:"reason_code"`
	Reason     string `bson:"reason"`
}

// Place is a point on the earth.
type Place struct {
	Latitude  float64 `bson:"latitude"`
	Longitude float64 `bson:"longitude"`
}

// Line is what was ordered of one item. Prices are minor units of the order's currency.
type Line struct {
	ItemID    string   `bson:"item_id"`
	Name      string   `bson:"name"`
	Image     string   `bson:"image"`
	Quantity  int32    `bson:"quantity"`
	Options   []Option `bson:"options"`
	UnitPrice int64    `bson:"unit_price"`
	LineTotal int64    `bson:"line_total"`
	Note      seal.Box `bson:"note"`
	// SoldOut: the order was rejected for want of it.
	SoldOut bool `bson:"sold_out"`
}

// Option was chosen with an item.
type Option struct {
	OptionID        string `bson:"option_id"`
	GroupName       string `bson:"group_name"`
	Name            string `bson:"name"`
	PriceDifference int64  `bson:"price_difference"`
}

// Entry is one step of an order's story.
type Entry struct {
	Status     int32     `bson:"status"`
	Time       time.Time `bson:"time"`
	Note       string    `bson:"note"`
	ReasonCode string    `bson:"reason_code"`
	// ReadyAt is when the restaurant said then that the food is ready; zero: it did not.
	ReadyAt time.Time `bson:"ready_at"`
	// Amount is the money that it is about; zero: none.
	Amount int64 `bson:"amount"`
}

// personal is what of the order is about the customer.
func (d *Document) personal() []*seal.Box {
	boxes := []*seal.Box{&d.Address}
	for i := range d.Lines {
		boxes = append(boxes, &d.Lines[i].Note)
	}
	return boxes
}
