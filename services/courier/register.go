package courier

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

// Register lets a courier join, off shift.
func (c Courier) Register(r *courierv1.RegisterCourierRequest) (*courierv1.CourierEvent, error) {
	if c.Registered {
		return nil, problem.Refuse("COURIER_EXISTS", "a courier of this id is registered already")
	}
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_CourierRegistered{CourierRegistered: &courierv1.CourierRegistered{
		Name:    &typev1.Personal{PersonId: r.GetCourierId(), Data: &typev1.PersonalData{Text: r.GetName()}},
		Vehicle: r.GetVehicle(),
	}}}, nil
}
