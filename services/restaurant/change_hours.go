package restaurant

import (
	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/hours"
)

// ChangeHours changes when the restaurant is open in an ordinary week.
func (r Restaurant) ChangeHours(c *restaurantv1.ChangeHoursRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if err := hours.Validate("hours", c.GetHours()); err != nil {
		return nil, err
	}
	if proto.Equal(r.Hours, c.GetHours()) {
		return nil, nil
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_HoursChanged{
		HoursChanged: &restaurantv1.HoursChanged{Hours: c.GetHours()},
	}}, nil
}
