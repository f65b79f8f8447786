package restaurant

import (
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// Pause stops the restaurant from taking orders. Pausing again for another reason tells customers that one.
func (r Restaurant) Pause(c *restaurantv1.PauseRestaurantRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if r.Paused && r.PauseReason == c.GetReason() {
		return nil, nil
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{
		RestaurantPaused: &restaurantv1.RestaurantPaused{Reason: c.GetReason()},
	}}, nil
}
