package server

import (
	"context"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/services/kitchen"
)

// StartTicket is for the ticket's restaurant.
func (s *Server) StartTicket(ctx context.Context, c *kitchenv1.StartTicketRequest) (*kitchenv1.StartTicketResponse, error) {
	position, err := s.execute(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.Start(c) })
	if err != nil {
		return nil, err
	}
	return &kitchenv1.StartTicketResponse{Position: position}, nil
}

// MarkTicketReady is for the ticket's restaurant.
func (s *Server) MarkTicketReady(ctx context.Context, c *kitchenv1.MarkTicketReadyRequest) (*kitchenv1.MarkTicketReadyResponse, error) {
	position, err := s.execute(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.MarkReady(c) })
	if err != nil {
		return nil, err
	}
	return &kitchenv1.MarkTicketReadyResponse{Position: position}, nil
}

// HandOverTicket is for the ticket's restaurant, and for the house when the courier says that it was picked up.
func (s *Server) HandOverTicket(ctx context.Context, c *kitchenv1.HandOverTicketRequest) (*kitchenv1.HandOverTicketResponse, error) {
	position, err := s.execute(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.HandOver(c) }, house...)
	if err != nil {
		return nil, err
	}
	return &kitchenv1.HandOverTicketResponse{Position: position}, nil
}
