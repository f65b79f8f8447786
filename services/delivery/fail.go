package delivery

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
)

// Fail says that it will not arrive, and whether the food was on its way already.
func (d Delivery) Fail(c *deliveryv1.FailDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	return d.fail(c, Requested, Assigned, PickedUp)
}

// FailByCourier is Fail by its courier: before the pick-up, a courier can only give it back.
func (d Delivery) FailByCourier(c *deliveryv1.FailDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	return d.fail(c, PickedUp)
}

func (d Delivery) fail(c *deliveryv1.FailDeliveryRequest, from ...Status) (*deliveryv1.DeliveryEvent, error) {
	if moves, err := d.moves(Failed, from...); !moves {
		return nil, err
	}
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{DeliveryFailed: &deliveryv1.DeliveryFailed{
		CourierId: d.CourierID, ReasonCode: c.GetReasonCode(), Reason: c.GetReason(), PickedUp: d.Status == PickedUp,
	}}}, nil
}
