package restaurant

import (
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// Open lets the restaurant take orders, within its opening hours.
func (r Restaurant) Open(*restaurantv1.OpenRestaurantRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if !r.Paused {
		return nil, nil
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{
		RestaurantOpened: &restaurantv1.RestaurantOpened{},
	}}, nil
}
