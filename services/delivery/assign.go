package delivery

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
)

// Assign gives it to a courier who has accepted. While one has it, no other gets it.
func (d Delivery) Assign(c *deliveryv1.AssignDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	if d.Status == Assigned && d.CourierID == c.GetCourierId() {
		return nil, nil
	}
	if moves, err := d.moves("", Requested); !moves {
		return nil, err
	}
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{DeliveryAssigned: &deliveryv1.DeliveryAssigned{
		CourierId: c.GetCourierId(),
	}}}, nil
}
