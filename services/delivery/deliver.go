package delivery

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
)

// Deliver says that the customer has the food.
func (d Delivery) Deliver(c *deliveryv1.DeliverDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	if moves, err := d.movesBy(c.GetCourierId(), Delivered, PickedUp); !moves {
		return nil, err
	}
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{DeliveryDelivered: &deliveryv1.DeliveryDelivered{
		CourierId: d.CourierID,
	}}}, nil
}
