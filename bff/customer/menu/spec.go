package menu

import (
	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "menu", Version: 2, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&restaurantv1.RestaurantEvent{}},
		Route: Route, Apply: Apply,
	}
}
