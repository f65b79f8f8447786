package server

import (
	"context"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/services/restaurant"
)

// ChangeProfile changes how the restaurant presents itself.
func (s *Server) ChangeProfile(
	ctx context.Context, c *restaurantv1.ChangeProfileRequest,
) (*restaurantv1.ChangeProfileResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.ChangeProfile(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.ChangeProfileResponse{Position: position}, nil
}

// ChangeHours changes when it is open in an ordinary week.
func (s *Server) ChangeHours(
	ctx context.Context, c *restaurantv1.ChangeHoursRequest,
) (*restaurantv1.ChangeHoursResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.ChangeHours(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.ChangeHoursResponse{Position: position}, nil
}

// ChangeDeliveryTerms changes where to and at which price it delivers.
func (s *Server) ChangeDeliveryTerms(
	ctx context.Context, c *restaurantv1.ChangeDeliveryTermsRequest,
) (*restaurantv1.ChangeDeliveryTermsResponse, error) {
	position, err := s.execute(ctx, c.GetRestaurantId(),
		func(r restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error) { return r.ChangeDeliveryTerms(c) })
	if err != nil {
		return nil, err
	}
	return &restaurantv1.ChangeDeliveryTermsResponse{Position: position}, nil
}
