package popularity

import (
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "popularity", Version: 1, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&orderingv1.OrderEvent{}},
		Route: Route, Apply: Apply,
		Ignores: []proto.Message{&orderingv1.OrderConfirmed{}, &orderingv1.OrderCompleted{}},
	}
}
