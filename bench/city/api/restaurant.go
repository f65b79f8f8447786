package api

import "tiffin/bench/city/streets"

// Summary is a restaurant as a search finds it.
type Summary struct {
	ID                 string        `json:"restaurant_id"`
	Location           streets.Place `json:"location"`
	DeliveryFee        Money         `json:"delivery_fee"`
	MinimumOrder       Money         `json:"minimum_order"`
	PreparationMinutes int           `json:"preparation_minutes"`
	OpenNow            bool          `json:"open_now"`
}

// Restaurant is one with its menu.
type Restaurant struct {
	Summary  Summary `json:"summary"`
	Radius   float64 `json:"delivery_radius_meters"`
	Sections []struct {
		Items []OfferedItem `json:"items"`
	} `json:"sections"`
}

// OfferedItem is something on a menu.
type OfferedItem struct {
	Item    MenuItem `json:"item"`
	SoldOut bool     `json:"sold_out"`
}

// MenuItem is something to eat or drink.
type MenuItem struct {
	ID     string  `json:"item_id"`
	Price  Money   `json:"price"`
	Groups []Group `json:"option_groups"`
}

// Group is what is to be chosen.
type Group struct {
	Min     int `json:"min_choices"`
	Max     int `json:"max_choices"`
	Options []struct {
		ID         string `json:"option_id"`
		Difference int64  `json:"price_difference,string"`
	} `json:"options"`
}

// Board is what a kitchen looks at.
type Board struct {
	RestaurantID string   `json:"restaurant_id"`
	Tickets      []Ticket `json:"tickets"`
	SoldOut      []string `json:"sold_out_item_ids"`
}

// Ticket is what a kitchen knows of an order.
type Ticket struct {
	ID       string `json:"ticket_id"`
	Status   string `json:"status"`
	Subtotal Money  `json:"subtotal"`
	Lines    []struct {
		ItemID string `json:"item_id"`
	} `json:"lines"`
}
