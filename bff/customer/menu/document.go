package menu

import "tiffin/bff/customer/restaurant"

// Document is one restaurant with its menu.
type Document struct {
	restaurant.Restaurant `bson:",inline"`
	// Items in the order of the menu.
	Items []Item `bson:"items"`
}

// Item is something to eat or drink as it is offered.
type Item struct {
	ItemID      string `bson:"item_id"`
	Name        string `bson:"name"`
	Description string `bson:"description"`
	Section     string `bson:"section"`
	Rank        int32  `bson:"rank"`
	// Price is in minor units of Currency.
	Price      int64   `bson:"price"`
	Currency   string  `bson:"currency"`
	Image      string  `bson:"image"`
	Allergens  []int32 `bson:"allergens"`
	Vegetarian bool    `bson:"vegetarian"`
	Vegan      bool    `bson:"vegan"`
	Spiciness  int32   `bson:"spiciness"`
	Groups     []Group `bson:"groups"`
	SoldOut    bool    `bson:"sold_out"`
}

// Group is a choice that an item leaves to the customer.
type Group struct {
	GroupID string   `bson:"group_id"`
	Name    string   `bson:"name"`
	Min     int32    `bson:"min"`
	Max     int32    `bson:"max"`
	Options []Option `bson:"options"`
}

// Option is one of the choices of a group.
type Option struct {
	OptionID        string `bson:"option_id"`
	Name            string `bson:"name"`
	PriceDifference int64  `bson:"price_difference"`
}
