package menu

import (
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "menu", Version: 1,
		Reads: []proto.Message{&restaurantv1.RestaurantEvent{}, &orderingv1.OrderEvent{}},
		Route: Route, Apply: Apply,
		Ignores: []proto.Message{&orderingv1.OrderConfirmed{}, &orderingv1.OrderCompleted{}},
	}
}
