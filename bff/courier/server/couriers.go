package server

import (
	"context"
	"fmt"

	"google.golang.org/grpc"

	"tiffin/bff/courier/courier"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	"tiffin/platform/bff"
	"tiffin/platform/problem"
)

// GetCourier shows the caller how things stand.
func (s *Server) GetCourier(ctx context.Context, r *courierapi.GetCourierRequest) (*courierapi.Courier, error) {
	if err := must(ctx, r.GetCourierId()); err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Couriers, s.PickUps); err != nil {
		return nil, err
	}
	return s.now(ctx, r.GetCourierId(), r.GetTimeZone())
}

// ListOffers shows the open offer, of which there is one at most.
func (s *Server) ListOffers(ctx context.Context, r *courierapi.ListOffersRequest) (*courierapi.ListOffersResponse, error) {
	if err := must(ctx, r.GetCourierId()); err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Couriers); err != nil {
		return nil, err
	}
	d, err := s.courier(ctx, r.GetCourierId())
	if err != nil {
		return nil, err
	}
	out := &courierapi.ListOffersResponse{}
	if open := d.OpenOffer(s.Now()); open != nil {
		out.Offers = append(out.Offers, open)
	}
	return out, nil
}

// WatchCourier says at once how things stand, and again after every change. It ends with the caller, or with an error after
// which the caller resumes where it was.
func (s *Server) WatchCourier(
	r *courierapi.WatchCourierRequest, stream grpc.ServerStreamingServer[courierapi.WatchCourierResponse],
) error {
	if err := must(stream.Context(), r.GetCourierId()); err != nil {
		return err
	}
	food := newFollowing(s.PickUps)
	defer func() { food.leave() }()
	return bff.Stream{
		View: s.Couriers, ID: r.GetCourierId(), Heartbeat: s.Heartbeat, Moved: food.moved, Pause: s.Calm,
		Document: func(ctx context.Context, at string, stale func() bool) error {
			courier, err := s.now(ctx, r.GetCourierId(), r.GetTimeZone())
			if err != nil {
				return err
			}
			if food.turn(stream.Context(), courier.GetDelivery().GetDeliveryId()) { // look again, so that no word of it falls between
				if err := s.promised(ctx, courier.GetDelivery()); err != nil {
					return err
				}
			}
			return stream.Send(&courierapi.WatchCourierResponse{Position: at, Courier: courier, Stale: stale()})
		},
		Alive: func(_ context.Context, at string, stale func() bool) error {
			return stream.Send(&courierapi.WatchCourierResponse{Position: at, Stale: stale()})
		},
	}.Run(stream.Context())
}

func (s *Server) now(ctx context.Context, id, zone string) (*courierapi.Courier, error) {
	clock, err := s.clock(zone)
	if err != nil {
		return nil, err
	}
	d, err := s.courier(ctx, id)
	if err != nil {
		return nil, err
	}
	m := d.Message(clock)
	return m, s.promised(ctx, m.GetDelivery())
}

func (s *Server) courier(ctx context.Context, id string) (courier.Document, error) {
	d, _, found, err := s.Couriers.Get(ctx, id)
	if err != nil {
		return d, fmt.Errorf("read a courier: %w", err)
	}
	if !found || d.CourierID == "" {
		return d, problem.Missing("COURIER_NOT_FOUND", "there is no courier %s", id)
	}
	return d, nil
}
