package restaurants

import (
	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "restaurants", Version: 2, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&restaurantv1.RestaurantEvent{}},
		Route: Route, Apply: Apply,
		Ignores: []proto.Message{&restaurantv1.ItemSoldOut{}, &restaurantv1.ItemBack{}},
		Indexes: Indexes(),
	}
}
