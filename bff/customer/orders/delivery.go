package orders

import (
	"fmt"
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
)

func (d *Document) delivery(data *deliveryv1.DeliveryEvent, at time.Time) {
	switch event := data.GetEvent().(type) {
	case *deliveryv1.DeliveryEvent_DeliveryAssigned:
		d.CourierID = event.DeliveryAssigned.GetCourierId()
		d.tell(Entry{Status: int32(customerv1.OrderStatus_COURIER_ASSIGNED), Time: at})
	case *deliveryv1.DeliveryEvent_DeliveryReleased:
		// Why is between the courier and the house.
		d.CourierID = ""
		d.tell(Entry{Status: int32(customerv1.OrderStatus_COURIER_LEFT), Time: at})
	case *deliveryv1.DeliveryEvent_DeliveryPickedUp:
		d.CourierID, d.PickedUpAt, d.Cooked = event.DeliveryPickedUp.GetCourierId(), at, true
		d.tell(Entry{Status: int32(customerv1.OrderStatus_PICKED_UP), Time: at})
	case *deliveryv1.DeliveryEvent_DeliveryDelivered:
		d.CourierID, d.Arrived = "", true
		d.tell(Entry{Status: int32(customerv1.OrderStatus_DELIVERED), Time: at})
	case *deliveryv1.DeliveryEvent_DeliveryFailed:
		failed := event.DeliveryFailed
		d.CourierID, d.Lost = "", true
		d.tell(Entry{
			Status: int32(customerv1.OrderStatus_DELIVERY_FAILED), Time: at, Note: failed.GetReason(), ReasonCode: failed.GetReasonCode(),
		})
	case *deliveryv1.DeliveryEvent_DeliveryCancelled:
		d.CourierID, d.Lost = "", true // the order's own event says why
	default:
		panic(fmt.Errorf("unknown delivery event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}
