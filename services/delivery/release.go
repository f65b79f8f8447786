package delivery

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
)

// Release takes it back from its courier before the pick-up: another is wanted.
func (d Delivery) Release(c *deliveryv1.ReleaseDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	if d.Status == Requested && d.ReleasedBy == c.GetCourierId() {
		return nil, nil
	}
	if moves, err := d.movesBy(c.GetCourierId(), "", Assigned); !moves {
		return nil, err
	}
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryReleased{DeliveryReleased: &deliveryv1.DeliveryReleased{
		CourierId: d.CourierID, ReasonCode: c.GetReasonCode(), Reason: c.GetReason(),
	}}}, nil
}
