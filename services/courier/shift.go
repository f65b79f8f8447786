package courier

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
)

// StartShift says that the courier takes offers.
func (c Courier) StartShift(*courierv1.StartShiftRequest) (*courierv1.CourierEvent, error) {
	if err := c.known(); err != nil || c.OnShift {
		return nil, err
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftStarted{ShiftStarted: &courierv1.ShiftStarted{}}}, nil
}

// EndShift says that the courier takes no more offers, one that is open included. What is held is to be brought first.
func (c Courier) EndShift(*courierv1.EndShiftRequest) (*courierv1.CourierEvent, error) {
	if err := c.known(); err != nil || !c.OnShift {
		return nil, err
	}
	if c.Holds != "" {
		return nil, c.busy()
	}
	ended := &courierv1.ShiftEnded{}
	if c.Offer.Status == Open {
		ended.OfferId, ended.DeliveryId = c.Offer.ID, c.Offer.DeliveryID
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: ended}}, nil
}
