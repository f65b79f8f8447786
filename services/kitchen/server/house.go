package server

import (
	"context"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/identity"
	"tiffin/services/kitchen"
)

// OpenTicket is for the house: fulfilment opens a ticket for what is paid.
func (s *Server) OpenTicket(ctx context.Context, c *kitchenv1.OpenTicketRequest) (*kitchenv1.OpenTicketResponse, error) {
	if err := identity.FromContext(ctx).Require(house...); err != nil {
		return nil, err
	}
	position, err := s.tickets.Create(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.Open(c) })
	if err != nil {
		return nil, err
	}
	return &kitchenv1.OpenTicketResponse{Position: position}, nil
}

// CancelTicket is for the house: fulfilment calls off what isn't wanted any more.
func (s *Server) CancelTicket(ctx context.Context, c *kitchenv1.CancelTicketRequest) (*kitchenv1.CancelTicketResponse, error) {
	if err := identity.FromContext(ctx).Require(house...); err != nil {
		return nil, err
	}
	position, err := s.tickets.Execute(ctx, c.GetTicketId(),
		func(t kitchen.Ticket) (*kitchenv1.TicketEvent, error) { return t.Cancel(c) })
	if err != nil {
		return nil, err
	}
	return &kitchenv1.CancelTicketResponse{Position: position}, nil
}
