package restaurant

import (
	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// ChangeProfile changes how the restaurant presents itself.
func (r Restaurant) ChangeProfile(c *restaurantv1.ChangeProfileRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if err := checkProfile(c.GetProfile()); err != nil {
		return nil, err
	}
	if proto.Equal(r.Profile, c.GetProfile()) {
		return nil, nil
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_ProfileChanged{
		ProfileChanged: &restaurantv1.ProfileChanged{Profile: c.GetProfile()},
	}}, nil
}
