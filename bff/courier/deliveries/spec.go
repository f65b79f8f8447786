package deliveries

import (
	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "deliveries", Version: 1, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&courierv1.CourierEvent{}, &deliveryv1.DeliveryEvent{}},
		Route: Route, Apply: Apply,
		Ignores: []proto.Message{
			&courierv1.CourierRegistered{}, &courierv1.ShiftStarted{},
			// How a delivery ends is told by its courier's own events; only why it does is told by the delivery's.
			&deliveryv1.DeliveryRequested{}, &deliveryv1.DeliveryAssigned{}, &deliveryv1.DeliveryPickedUp{},
			&deliveryv1.DeliveryDelivered{},
		},
		Indexes: Indexes(),
	}
}
