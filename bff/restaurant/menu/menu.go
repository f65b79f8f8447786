package menu

import (
	"google.golang.org/protobuf/proto"

	"tiffin/bff/restaurant/restaurant"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/view"
)

// Document is one restaurant with its menu.
type Document struct {
	restaurant.Restaurant `bson:",inline"`
	// Items in the order of the menu.
	Items []Item `bson:"items"`
}

// Item is something to eat or drink.
type Item struct {
	ItemID string `bson:"item_id"`
	Rank   int32  `bson:"rank"`
	// Offer is the item as its restaurant wrote it, a tiffin.type.v1.MenuItem: nobody asks for parts of it here.
	Offer   []byte `bson:"offer"`
	SoldOut bool   `bson:"sold_out"`
}

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "menu", Version: 1, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&restaurantv1.RestaurantEvent{}},
		Route: Route, Apply: Apply,
		Ignores: []proto.Message{&restaurantv1.DeliveryTermsChanged{}},
	}
}

// Route names the restaurant that an event concerns, if any.
func Route(e view.Event) []string {
	data, ok := e.Data.(*restaurantv1.RestaurantEvent)
	if !ok || data.GetDeliveryTermsChanged() != nil {
		return nil
	}
	return []string{e.AggregateID}
}
