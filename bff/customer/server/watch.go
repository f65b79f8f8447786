package server

import (
	"context"

	"google.golang.org/grpc"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/bff"
)

// WatchOrder streams one of the caller's orders.
func (s *Server) WatchOrder(r *customerv1.WatchOrderRequest, stream grpc.ServerStreamingServer[customerv1.WatchOrderResponse]) error {
	ctx := stream.Context()
	if _, err := customerOf(ctx); err != nil {
		return err
	}
	return bff.Stream{
		View: s.Orders, ID: r.GetOrderId(), Heartbeat: s.Heartbeat,
		Document: func(ctx context.Context, at string, stale bool) error {
			order, err := s.order(ctx, r.GetOrderId())
			if err != nil {
				return err
			}
			return stream.Send(&customerv1.WatchOrderResponse{Position: at, Order: order, Stale: stale})
		},
		Alive: func(at string, stale bool) error {
			return stream.Send(&customerv1.WatchOrderResponse{Position: at, Stale: stale})
		},
	}.Run(ctx)
}
