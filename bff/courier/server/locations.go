package server

import (
	"context"
	"fmt"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/location"
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
		return nil, fmt.Errorf("tell where a courier is: %w", err)
	}
	return &courierapi.UpdateLocationResponse{}, nil
}
