package orders

import (
	"google.golang.org/protobuf/proto"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/view"
)

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "orders", Version: 4, Newer: view.IgnoreNewer,
		Reads: []proto.Message{
			&orderingv1.OrderEvent{}, &paymentv1.PaymentEvent{}, &kitchenv1.TicketEvent{}, &deliveryv1.DeliveryEvent{},
		},
		Route: Route, Apply: Apply,
		Ignores: []proto.Message{
			// What is asked of the card's side says nothing of itself, but for why.
			&paymentv1.AuthorizationRequested{},
			// The pick-up says it, and the order says that it was called off.
			&kitchenv1.TicketHandedOver{}, &kitchenv1.TicketCancelled{},
			// Nobody has taken it on yet.
			&deliveryv1.DeliveryRequested{},
		},
		Personal: (*Document).personal, Indexes: Indexes(),
	}
}
