package lake

import (
	"google.golang.org/protobuf/proto"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	erasurev1 "tiffin/gen/tiffin/erasure/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

// Domains are the event messages of the domains whose aggregates come to an end. Restaurants, couriers and customers don't.
func Domains() []proto.Message {
	return []proto.Message{
		&orderingv1.OrderEvent{}, &kitchenv1.TicketEvent{}, &deliveryv1.DeliveryEvent{}, &paymentv1.PaymentEvent{},
		&fulfilmentv1.FulfilmentEvent{}, &dispatchv1.DispatchEvent{}, &erasurev1.ErasureEvent{},
	}
}
