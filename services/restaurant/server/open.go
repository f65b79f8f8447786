package server

import (
	"context"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/services/restaurant"
)

// OpenRestaurant lets the restaurant take orders.
func (s *Server) OpenRestaurant(
	ctx context.Context, c *restaurantv1.OpenRestaurantRequest,
) (*restaurantv1.OpenRestaurantResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.Open(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.OpenRestaurantResponse{Position: position}, nil
}

// PauseRestaurant stops it from taking orders.
func (s *Server) PauseRestaurant(
	ctx context.Context, c *restaurantv1.PauseRestaurantRequest,
) (*restaurantv1.PauseRestaurantResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.Pause(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.PauseRestaurantResponse{Position: position}, nil
}
