package server

import (
	"context"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/services/restaurant"
)

// PutMenuItem adds an item to the menu, or replaces it.
func (s *Server) PutMenuItem(
	ctx context.Context, c *restaurantv1.PutMenuItemRequest,
) (*restaurantv1.PutMenuItemResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.PutMenuItem(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.PutMenuItemResponse{Position: position}, nil
}

// RemoveMenuItem takes an item off the menu.
func (s *Server) RemoveMenuItem(
	ctx context.Context, c *restaurantv1.RemoveMenuItemRequest,
) (*restaurantv1.RemoveMenuItemResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.RemoveMenuItem(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.RemoveMenuItemResponse{Position: position}, nil
}

// MarkSoldOut says that an item can't be ordered until it is back.
func (s *Server) MarkSoldOut(
	ctx context.Context, c *restaurantv1.MarkSoldOutRequest,
) (*restaurantv1.MarkSoldOutResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.MarkSoldOut(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.MarkSoldOutResponse{Position: position}, nil
}

// MarkBack says that a sold-out item can be ordered again.
func (s *Server) MarkBack(
	ctx context.Context, c *restaurantv1.MarkBackRequest,
) (*restaurantv1.MarkBackResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.MarkBack(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.MarkBackResponse{Position: position}, nil
}
