package server

import (
	"context"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/location"
	"tiffin/platform/problem"
)

// UpdateLocation tells those who follow the courier. The answer does not say that anybody heard it.
func (s *Server) UpdateLocation(
	ctx context.Context, r *courierapi.UpdateLocationRequest,
) (*courierapi.UpdateLocationResponse, error) {
	if err := must(ctx, r.GetCourierId()); err != nil {
		return nil, err
	}
	if err := s.Publish(location.Position{
		CourierID: r.GetCourierId(), Time: s.Now(),
		At: &typev1.Location{Latitude: r.GetLatitude(), Longitude: r.GetLongitude()},
	}); err != nil {
		return nil, problem.New(problem.Unavailable, "LOCATIONS_UNAVAILABLE", "where couriers are can't be told at the moment; please repeat")
	}
	return &courierapi.UpdateLocationResponse{}, nil
}
