package server

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/bff"
)

// WatchOrder streams one of the caller's orders, and where its courier is for as long as there is one. Time alone may move
// the arrival, too: then the heartbeat carries the order.
func (s *Server) WatchOrder(r *customerv1.WatchOrderRequest, stream grpc.ServerStreamingServer[customerv1.WatchOrderResponse]) error {
	ctx := stream.Context()
	if _, err := customerOf(ctx); err != nil {
		return err
	}
	courier := s.Places.Follow()
	defer courier.Stop()
	var shown *customerv1.Order
	look := func(ctx context.Context) (*customerv1.Order, error) {
		d, err := s.order(ctx, r.GetOrderId())
		if err != nil {
			return nil, err
		}
		courier.Turn(d.CourierID) // before the place is read, so that no move falls between
		return s.tracked(ctx, d)
	}
	return bff.Stream{
		View: s.Orders, ID: r.GetOrderId(), Heartbeat: s.Heartbeat, Moved: courier.Moved(), Pause: s.Calm,
		Document: func(ctx context.Context, at string, stale func() bool) error {
			order, err := look(ctx)
			if err != nil {
				return err
			}
			shown = order
			return stream.Send(&customerv1.WatchOrderResponse{Position: at, Order: order, Stale: stale()})
		},
		Alive: func(ctx context.Context, at string, stale func() bool) error {
			beat := &customerv1.WatchOrderResponse{Position: at}
			if shown.GetArrival() != nil {
				order, err := look(ctx)
				if err != nil {
					return err
				}
				if !proto.Equal(order.GetArrival(), shown.GetArrival()) {
					beat.Order, shown = order, order
				}
			}
			beat.Stale = stale()
			return stream.Send(beat)
		},
	}.Run(ctx)
}
