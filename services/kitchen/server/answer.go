package server

import (
	"context"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/services/kitchen"
)

// AcceptTicket is for the ticket's restaurant.
func (s *Server) AcceptTicket(ctx context.Context, c *kitchenv1.AcceptTicketRequest) (*kitchenv1.AcceptTicketResponse, error) {
	position, err := s.execute(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.Accept(c, s.now()) })
	if err != nil {
		return nil, err
	}
	return &kitchenv1.AcceptTicketResponse{Position: position}, nil
}

// DelayTicket is for the ticket's restaurant.
func (s *Server) DelayTicket(ctx context.Context, c *kitchenv1.DelayTicketRequest) (*kitchenv1.DelayTicketResponse, error) {
	position, err := s.execute(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.Delay(c, s.now()) })
	if err != nil {
		return nil, err
	}
	return &kitchenv1.DelayTicketResponse{Position: position}, nil
}

// RejectTicket is for the ticket's restaurant, before it starts.
func (s *Server) RejectTicket(ctx context.Context, c *kitchenv1.RejectTicketRequest) (*kitchenv1.RejectTicketResponse, error) {
	position, err := s.execute(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.Reject(c) })
	if err != nil {
		return nil, err
	}
	return &kitchenv1.RejectTicketResponse{Position: position}, nil
}
