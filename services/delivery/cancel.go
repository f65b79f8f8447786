package delivery

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
)

// Cancel calls it off; once it was picked up, it can only be delivered or fail.
func (d Delivery) Cancel(c *deliveryv1.CancelDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	if moves, err := d.moves(Cancelled, Requested, Assigned); !moves {
		return nil, err
	}
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryCancelled{DeliveryCancelled: &deliveryv1.DeliveryCancelled{
		CourierId: d.CourierID, Reason: c.GetReason(),
	}}}, nil
}
