package courier

import (
	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "courier", Version: 2, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&courierv1.CourierEvent{}, &deliveryv1.DeliveryEvent{}},
		Route: Route, Apply: Apply, Personal: (*Document).personal,
		Ignores: []proto.Message{&deliveryv1.DeliveryRequested{}},
	}
}
