package server

import (
	"context"
	"math"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"tiffin/bff/customer/restaurant"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/bff"
	"tiffin/platform/geo"
	"tiffin/platform/hours"
	"tiffin/platform/problem"
)

// GetRestaurant is public.
func (s *Server) GetRestaurant(ctx context.Context, r *customerv1.GetRestaurantRequest) (*customerv1.Restaurant, error) {
	point, err := place(r.Latitude, r.Longitude)
	if err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Menus, s.Popularity); err != nil {
		return nil, err
	}
	d, _, found, err := s.Menus.Get(ctx, r.GetRestaurantId())
	if err != nil {
		return nil, err
	}
	if !found || !d.Registered {
		return nil, problem.Missing("RESTAURANT_NOT_FOUND", "there is no restaurant %s", r.GetRestaurantId())
	}
	popular, _, _, err := s.Popularity.Get(ctx, r.GetRestaurantId())
	if err != nil {
		return nil, err
	}
	out := &customerv1.Restaurant{
		Summary: summarize(d.Restaurant, point, s.Now()), Address: d.Address, Hours: d.Hours.Message(),
		DeliveryRadiusMeters: d.RadiusMeters, CurrencyCode: d.Currency, Sections: d.Sections(),
	}
	out.Summary.OrderCount = popular.Orders
	if point != nil {
		out.DeliversHere = proto.Bool(geo.Distance(point, d.Location()) <= float64(d.RadiusMeters))
	}
	return out, nil
}

// summarize adds what depends on the moment and on the viewer's place.
func summarize(r restaurant.Restaurant, point *typev1.Location, now time.Time) *customerv1.RestaurantSummary {
	m := r.Summary()
	if point != nil {
		m.DistanceMeters = proto.Int32(int32(math.Round(geo.Distance(point, r.Location()))))
	}
	if r.Paused {
		m.PauseReason = r.PauseReason
		return m
	}
	week := r.Hours.Message()
	if m.OpenNow = hours.IsOpen(week, now); m.GetOpenNow() {
		if at, ok := hours.ClosesAt(week, now); ok {
			m.ClosesAt = timestamppb.New(at)
		}
	} else if at, ok := hours.OpensAt(week, now); ok {
		m.OpensAt = timestamppb.New(at)
	}
	return m
}
