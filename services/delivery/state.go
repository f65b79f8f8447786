package delivery

import (
	"fmt"
	"slices"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/problem"
)

// Status is how far a delivery has come.
type Status string

// The statuses. A delivery that nobody asked for has the zero value; one that was given back is requested again.
const (
	Requested Status = "requested"
	Assigned  Status = "assigned"
	PickedUp  Status = "picked up"
	Delivered Status = "delivered"
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Delivery is what its events say about one delivery. The zero value is one that nobody asked for.
type Delivery struct {
	Status Status
	// CourierID is whom it is assigned to, or was when it ended; empty while nobody has taken it on.
	CourierID string
	// ReleasedBy is who gave it back last.
	ReleasedBy string
}

// Evolve returns the delivery after the event. An event that it does not know is an error.
func Evolve(d Delivery, e *deliveryv1.DeliveryEvent) (Delivery, error) {
	switch e := e.GetEvent().(type) {
	case *deliveryv1.DeliveryEvent_DeliveryRequested:
		return Delivery{Status: Requested}, nil
	case *deliveryv1.DeliveryEvent_DeliveryAssigned:
		d.Status, d.CourierID = Assigned, e.DeliveryAssigned.GetCourierId()
	case *deliveryv1.DeliveryEvent_DeliveryReleased:
		d.Status, d.CourierID, d.ReleasedBy = Requested, "", e.DeliveryReleased.GetCourierId()
	case *deliveryv1.DeliveryEvent_DeliveryPickedUp:
		d.Status = PickedUp
	case *deliveryv1.DeliveryEvent_DeliveryDelivered:
		d.Status = Delivered
	case *deliveryv1.DeliveryEvent_DeliveryFailed:
		d.Status = Failed
	case *deliveryv1.DeliveryEvent_DeliveryCancelled:
		d.Status = Cancelled
	default:
		return d, fmt.Errorf("delivery: unknown event %T", e)
	}
	return d, nil
}

// moves reports whether the delivery is to move on to the status: it is refused unless it stands at one of from, and a
// repeat is neither.
func (d Delivery) moves(to Status, from ...Status) (bool, error) {
	switch {
	case d.Status == "":
		return false, problem.Missing("DELIVERY_NOT_FOUND", "there is no such delivery")
	case d.Status == to:
		return false, nil
	case slices.Contains(from, d.Status):
		return true, nil
	}
	return false, problem.Refuse("DELIVERY_NOT_OPEN", "that can't be done with this delivery: it is %s", d.Status).
		With("status", string(d.Status))
}

// movesBy is moves for the courier whom it is assigned to, and refuses any other.
func (d Delivery) movesBy(courierID string, to Status, from ...Status) (bool, error) {
	if d.Status != "" && d.CourierID != courierID {
		return false, problem.Refuse("DELIVERY_NOT_ASSIGNED", "this delivery is not assigned to this courier")
	}
	return d.moves(to, from...)
}
