package server

import (
	"context"
	"fmt"

	"google.golang.org/grpc"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/position"
)

// WatchOrder says at once how the order stands, and again after every change. It ends with the caller, or with an error
// after which the caller resumes where it was.
func (s *Server) WatchOrder(r *customerv1.WatchOrderRequest, stream grpc.ServerStreamingServer[customerv1.WatchOrderResponse]) error {
	ctx := stream.Context()
	if _, err := customerOf(ctx); err != nil {
		return err
	}
	seen, err := presented(ctx)
	if err != nil {
		return err
	}
	// Changes are listened to before the first look, so that none falls between.
	changes, cancel := s.Orders.Watch(ctx, r.GetOrderId())
	defer cancel()
	stale, err := s.Orders.WaitFor(ctx, seen)
	if err != nil {
		return fmt.Errorf("wait for the view: %w", err)
	}
	if err := report(ctx, seen.Merge(s.Orders.Seen()), stale); err != nil {
		return err
	}
	asked := seen
	send := func(ctx context.Context) error {
		applied := s.Orders.Seen() // before the document is read: the token may promise too little, never too much
		order, err := s.order(ctx, r.GetOrderId())
		if err != nil {
			return err
		}
		seen = seen.Merge(applied)
		behind := stale && !covers(applied, asked)
		stale = behind
		return stream.Send(&customerv1.WatchOrderResponse{Position: seen.Encode(), Order: order, Stale: behind})
	}
	if err := send(ctx); err != nil {
		return err
	}
	beats, stop := s.Heartbeat()
	defer stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case change := <-changes:
			// Shown in the trace of what changed the order, not in that of this stream.
			pushing, span := change.Push(ctx)
			err := send(pushing)
			span.End()
			if err != nil {
				return err
			}
		case <-beats:
			if err := stream.Send(&customerv1.WatchOrderResponse{Position: seen.Encode(), Stale: stale}); err != nil {
				return fmt.Errorf("say that the stream lives: %w", err)
			}
		}
	}
}

// covers looks only at the domains that the view reads: it never sees the others' sequences.
func covers(applied, asked position.Token) bool {
	for domain := range applied {
		if applied[domain] < asked[domain] {
			return false
		}
	}
	return true
}
