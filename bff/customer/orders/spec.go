package orders

import (
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "orders", Version: 2,
		Reads: []proto.Message{&orderingv1.OrderEvent{}},
		Route: Route, Apply: Apply,
		Personal: (*Document).personal, Indexes: Indexes(),
	}
}
