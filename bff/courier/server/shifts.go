package server

import (
	"context"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/bff"
)

// StartShift lets offers come.
func (s *Server) StartShift(ctx context.Context, r *courierapi.StartShiftRequest) (*courierapi.StartShiftResponse, error) {
	if err := must(ctx, r.GetCourierId()); err != nil {
		return nil, err
	}
	done, err := s.Courier.StartShift(ctx, &courierv1.StartShiftRequest{CourierId: r.GetCourierId()})
	if err != nil {
		return nil, err
	}
	return &courierapi.StartShiftResponse{CourierId: r.GetCourierId()}, bff.Accepted(ctx, &courierv1.CourierEvent{}, done.GetPosition())
}

// EndShift lets no more offers come.
func (s *Server) EndShift(ctx context.Context, r *courierapi.EndShiftRequest) (*courierapi.EndShiftResponse, error) {
	if err := must(ctx, r.GetCourierId()); err != nil {
		return nil, err
	}
	done, err := s.Courier.EndShift(ctx, &courierv1.EndShiftRequest{CourierId: r.GetCourierId()})
	if err != nil {
		return nil, err
	}
	return &courierapi.EndShiftResponse{CourierId: r.GetCourierId()}, bff.Accepted(ctx, &courierv1.CourierEvent{}, done.GetPosition())
}
