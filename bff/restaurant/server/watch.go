package server

import (
	"context"
	"fmt"

	"google.golang.org/grpc"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	"tiffin/platform/bff"
)

// WatchTickets streams the board of the caller's restaurant.
func (s *Server) WatchTickets(
	r *restaurantbffv1.WatchTicketsRequest, stream grpc.ServerStreamingServer[restaurantbffv1.WatchTicketsResponse],
) error {
	ctx := stream.Context()
	if err := allowed(ctx, r.GetRestaurantId()); err != nil {
		return err
	}
	return bff.Stream{
		View: s.Boards, ID: r.GetRestaurantId(), Heartbeat: s.Heartbeat,
		Document: func(ctx context.Context, at string, stale func() bool) error {
			board, err := s.board(ctx, r.GetRestaurantId())
			if err != nil {
				return err
			}
			return stream.Send(&restaurantbffv1.WatchTicketsResponse{Position: at, Board: board, Stale: stale()})
		},
		Alive: func(_ context.Context, at string, stale func() bool) error {
			return stream.Send(&restaurantbffv1.WatchTicketsResponse{Position: at, Stale: stale()})
		},
	}.Run(ctx)
}

func (s *Server) board(ctx context.Context, id string) (*restaurantbffv1.Board, error) {
	d, _, found, err := s.Boards.Get(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read a board: %w", err)
	}
	if !found || !d.Registered {
		return nil, missing(id)
	}
	now := s.Now()
	m := d.Message(now)
	m.Openness = openness(d.Restaurant, now)
	return m, nil
}
