package server

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"tiffin/bff/restaurant/menu"
	"tiffin/bff/restaurant/restaurant"
	"tiffin/bff/restaurant/sales"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	"tiffin/platform/bff"
	"tiffin/platform/hours"
	"tiffin/platform/problem"
)

// GetRestaurant shows the caller's own restaurant.
func (s *Server) GetRestaurant(ctx context.Context, r *restaurantbffv1.GetRestaurantRequest) (*restaurantbffv1.Restaurant, error) {
	if err := allowed(ctx, r.GetRestaurantId()); err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Menus); err != nil {
		return nil, err
	}
	d, err := s.menu(ctx, r.GetRestaurantId())
	if err != nil {
		return nil, err
	}
	items, err := d.Offers()
	if err != nil {
		return nil, err
	}
	return &restaurantbffv1.Restaurant{
		RestaurantId: d.RestaurantID, Name: d.Name, Description: d.Description, Image: d.Image, Address: d.Address,
		Hours: d.Hours.Message(), PreparationMinutes: d.PreparationMinutes, CurrencyCode: d.Currency,
		Openness: openness(d.Restaurant, s.Now()), Items: items,
	}, nil
}

func (s *Server) menu(ctx context.Context, id string) (menu.Document, error) {
	d, _, found, err := s.Menus.Get(ctx, id)
	if err != nil {
		return d, fmt.Errorf("read a menu: %w", err)
	}
	if !found || !d.Registered {
		return d, missing(id)
	}
	return d, nil
}

func missing(id string) error {
	return problem.Missing("RESTAURANT_NOT_FOUND", "there is no restaurant %s", id)
}

// openness is what the moment says of the hours.
func openness(r restaurant.Restaurant, now time.Time) *restaurantbffv1.Openness {
	week := r.Hours.Message()
	within := hours.IsOpen(week, now)
	out := &restaurantbffv1.Openness{Paused: r.Paused, PauseReason: r.PauseReason, OpenNow: within && !r.Paused}
	if within {
		if at, ok := hours.ClosesAt(week, now); ok {
			out.ClosesAt = timestamppb.New(at)
		}
	} else if at, ok := hours.OpensAt(week, now); ok {
		out.OpensAt = timestamppb.New(at)
	}
	return out
}

// GetSales sums up what the caller's restaurant sold, by its own wall clock.
func (s *Server) GetSales(ctx context.Context, r *restaurantbffv1.GetSalesRequest) (*restaurantbffv1.Sales, error) {
	if err := allowed(ctx, r.GetRestaurantId()); err != nil {
		return nil, err
	}
	if err := bff.Await(ctx, s.Sales, s.Menus); err != nil {
		return nil, err
	}
	d, err := s.menu(ctx, r.GetRestaurantId())
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(d.Hours.TimeZone)
	if err != nil {
		zone = time.UTC // hours without a known zone count as closed; the sales are there all the same
	}
	return sales.Week(ctx, s.Sales, r.GetRestaurantId(), d.Currency, zone, s.Now())
}
