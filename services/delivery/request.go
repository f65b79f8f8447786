package delivery

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/problem"
)

// Request asks that somebody brings it.
func (d Delivery) Request(c *deliveryv1.RequestDeliveryRequest) (*deliveryv1.DeliveryEvent, error) {
	if d.Status != "" {
		return nil, problem.Refuse("DELIVERY_EXISTS", "a delivery of this id was requested already")
	}
	if c.GetDropOff().GetPersonId() != c.GetCustomerId() {
		return nil, problem.InvalidField("drop_off.person_id", "an address is the customer's own")
	}
	if c.GetPayout().GetMinorUnits() < 0 {
		return nil, problem.InvalidField("payout.minor_units", "can't be negative")
	}
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryRequested{DeliveryRequested: &deliveryv1.DeliveryRequested{
		CustomerId: c.GetCustomerId(), RestaurantId: c.GetRestaurantId(), RestaurantName: c.GetRestaurantName(),
		PickUp: c.GetPickUp(), DropOff: c.GetDropOff(), ReadyAt: c.GetReadyAt(), Payout: c.GetPayout(),
	}}}, nil
}
