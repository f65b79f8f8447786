package server

import (
	"context"
	"fmt"

	"google.golang.org/protobuf/types/known/timestamppb"

	"tiffin/bff/customer/arrival"
	"tiffin/bff/customer/orders"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// tracked is an order with what isn't in its document: who brings it, where that is, and when to expect it.
func (s *Server) tracked(ctx context.Context, d orders.Document) (*customerv1.Order, error) {
	m := d.Message()
	if d.CourierID != "" {
		rider, _, _, err := s.Couriers.Get(ctx, d.CourierID)
		if err != nil {
			return nil, fmt.Errorf("read a courier: %w", err)
		}
		courier := &customerv1.OrderCourier{Name: rider.GivenName(), Vehicle: customerv1.Vehicle(rider.Vehicle)}
		if at, known := s.Places.Last(d.CourierID); known {
			courier.Location, courier.LocatedAt = at.At, timestamppb.New(at.Time)
		}
		m.Courier = courier
	}
	if d.Expected() {
		m.Arrival = s.arrival(d, m.GetCourier())
	}
	return m, nil
}

func (s *Server) arrival(d orders.Document, courier *customerv1.OrderCourier) *customerv1.ArrivalEstimate {
	trip := arrival.Trip{
		Restaurant: &typev1.Location{Latitude: d.Restaurant.Latitude, Longitude: d.Restaurant.Longitude},
		Door:       d.Address.Location(),
		ReadyAt:    d.ReadyAt, FirstReadyAt: d.FirstReadyAt, Ready: d.Ready, PickedUpAt: d.PickedUpAt,
		Courier: courier != nil, Vehicle: courier.GetVehicle(),
	}
	if at := courier.GetLocation(); at != nil {
		trip.At, trip.Seen = at, courier.GetLocatedAt().AsTime()
	}
	e := s.arrivals.Estimate(trip, s.Now())
	return &customerv1.ArrivalEstimate{
		Earliest: timestamppb.New(e.Earliest), Latest: timestamppb.New(e.Latest), Promised: timestamppb.New(e.Promised), Late: e.Late,
	}
}
