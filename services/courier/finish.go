package courier

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/problem"
)

// Finish frees the courier of the delivery that is held, however it ended.
func (c Courier) Finish(r *courierv1.FinishDeliveryRequest) (*courierv1.CourierEvent, error) {
	if err := c.known(); err != nil {
		return nil, err
	}
	if r.GetEarned().GetMinorUnits() < 0 {
		return nil, problem.InvalidField("earned.minor_units", "can't be negative")
	}
	switch r.GetDeliveryId() {
	case c.Holds:
	case c.Finished:
		return nil, nil
	default:
		return nil, problem.Refuse("DELIVERY_NOT_HELD", "this courier does not hold this delivery")
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryFinished{DeliveryFinished: &courierv1.DeliveryFinished{
		DeliveryId: r.GetDeliveryId(), Outcome: r.GetOutcome(), Earned: r.GetEarned(),
	}}}, nil
}
