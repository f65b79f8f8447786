package server

import (
	"context"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/services/restaurant"
)

// RegisterRestaurant lets a restaurant join.
func (s *Server) RegisterRestaurant(
	ctx context.Context, c *restaurantv1.RegisterRestaurantRequest,
) (*restaurantv1.RegisterRestaurantResponse, error) {
	if err := allowed(ctx, c.GetRestaurantId()); err != nil {
		return nil, err
	}
	position, err := s.restaurants.Create(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.Register(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.RegisterRestaurantResponse{Position: position}, nil
}
