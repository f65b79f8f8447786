package server

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/bff"
	"tiffin/platform/problem"
)

// What a rejection says where its caller does not.
const (
	plainCode   = "REJECTED"
	plainReason = "The restaurant can't make this order."
)

// positioned is what every command answers.
type positioned interface{ GetPosition() uint64 }

// cook is what all commands on tickets have in common. Whose ticket it is, the kitchen says.
func cook(ctx context.Context, command func() (positioned, error)) error {
	if err := cooks(ctx); err != nil {
		return err
	}
	done, err := command()
	if err != nil {
		return err
	}
	return bff.Accepted(ctx, &kitchenv1.TicketEvent{}, done.GetPosition())
}

// AcceptTicket takes a ticket on; without a time, for as long as the restaurant's profile says.
func (s *Server) AcceptTicket(ctx context.Context, r *restaurantbffv1.AcceptTicketRequest) (*restaurantbffv1.AcceptTicketResponse, error) {
	return &restaurantbffv1.AcceptTicketResponse{TicketId: r.GetTicketId()}, cook(ctx, func() (positioned, error) {
		in := r.GetReadyIn()
		if in == nil {
			usual, err := s.usually(ctx, r.GetTicketId())
			if err != nil {
				return nil, err
			}
			in = durationpb.New(usual)
		}
		return s.Kitchen.AcceptTicket(ctx, &kitchenv1.AcceptTicketRequest{TicketId: r.GetTicketId(), ReadyIn: in})
	})
}

func (s *Server) usually(ctx context.Context, ticketID string) (time.Duration, error) {
	if err := bff.Await(ctx, s.Tickets); err != nil {
		return 0, err
	}
	d, _, found, err := s.Tickets.Get(ctx, ticketID)
	if err != nil {
		return 0, fmt.Errorf("read a ticket: %w", err)
	}
	if !found {
		return 0, problem.InvalidField("ready_in", "is needed, as this ticket is not known here yet")
	}
	return time.Duration(max(1, d.PreparationMinutes)) * time.Minute, nil
}

// DelayTicket says that it takes longer.
func (s *Server) DelayTicket(ctx context.Context, r *restaurantbffv1.DelayTicketRequest) (*restaurantbffv1.DelayTicketResponse, error) {
	return &restaurantbffv1.DelayTicketResponse{TicketId: r.GetTicketId()}, cook(ctx, func() (positioned, error) {
		return s.Kitchen.DelayTicket(ctx, &kitchenv1.DelayTicketRequest{TicketId: r.GetTicketId(), ReadyIn: r.GetReadyIn()})
	})
}

// RejectTicket says no.
func (s *Server) RejectTicket(ctx context.Context, r *restaurantbffv1.RejectTicketRequest) (*restaurantbffv1.RejectTicketResponse, error) {
	return &restaurantbffv1.RejectTicketResponse{TicketId: r.GetTicketId()}, cook(ctx, func() (positioned, error) {
		return s.Kitchen.RejectTicket(ctx, &kitchenv1.RejectTicketRequest{
			TicketId: r.GetTicketId(), ReasonCode: cmp.Or(r.GetReasonCode(), plainCode),
			Reason: cmp.Or(r.GetReason(), plainReason), SoldOutItemIds: r.GetSoldOutItemIds(),
		})
	})
}

// StartTicket says that cooking has begun.
func (s *Server) StartTicket(ctx context.Context, r *restaurantbffv1.StartTicketRequest) (*restaurantbffv1.StartTicketResponse, error) {
	return &restaurantbffv1.StartTicketResponse{TicketId: r.GetTicketId()}, cook(ctx, func() (positioned, error) {
		return s.Kitchen.StartTicket(ctx, &kitchenv1.StartTicketRequest{TicketId: r.GetTicketId()})
	})
}

// MarkTicketReady says that the food waits to be collected.
func (s *Server) MarkTicketReady(
	ctx context.Context, r *restaurantbffv1.MarkTicketReadyRequest,
) (*restaurantbffv1.MarkTicketReadyResponse, error) {
	return &restaurantbffv1.MarkTicketReadyResponse{TicketId: r.GetTicketId()}, cook(ctx, func() (positioned, error) {
		return s.Kitchen.MarkTicketReady(ctx, &kitchenv1.MarkTicketReadyRequest{TicketId: r.GetTicketId()})
	})
}

// HandOverTicket says that the courier took the food along.
func (s *Server) HandOverTicket(
	ctx context.Context, r *restaurantbffv1.HandOverTicketRequest,
) (*restaurantbffv1.HandOverTicketResponse, error) {
	return &restaurantbffv1.HandOverTicketResponse{TicketId: r.GetTicketId()}, cook(ctx, func() (positioned, error) {
		return s.Kitchen.HandOverTicket(ctx, &kitchenv1.HandOverTicketRequest{TicketId: r.GetTicketId()})
	})
}
