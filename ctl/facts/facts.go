package facts

import (
	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	customerv1 "tiffin/gen/tiffin/customer/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	erasurev1 "tiffin/gen/tiffin/erasure/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// Domains are the event messages of all domains.
func Domains() []proto.Message {
	return []proto.Message{
		&restaurantv1.RestaurantEvent{}, &orderingv1.OrderEvent{}, &kitchenv1.TicketEvent{}, &courierv1.CourierEvent{},
		&deliveryv1.DeliveryEvent{}, &paymentv1.PaymentEvent{}, &customerv1.CustomerEvent{},
		&fulfilmentv1.FulfilmentEvent{}, &dispatchv1.DispatchEvent{}, &erasurev1.ErasureEvent{},
	}
}
