package delivery

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
)

// PickUp says that its courier has the food.
func (d Delivery) PickUp(c *deliveryv1.PickUpDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	if moves, err := d.movesBy(c.GetCourierId(), PickedUp, Assigned); !moves {
		return nil, err
	}
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryPickedUp{DeliveryPickedUp: &deliveryv1.DeliveryPickedUp{
		CourierId: d.CourierID,
	}}}, nil
}
