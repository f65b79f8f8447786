package server

import (
	"context"
	"time"

	"google.golang.org/grpc"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/services/kitchen"
)

// Server serves tiffin.kitchen.v1.KitchenService.
type Server struct {
	kitchenv1.UnimplementedKitchenServiceServer
	tickets *eventlog.Aggregate[kitchen.Ticket, *kitchenv1.TicketEvent]
	now     func() time.Time
}

// New returns a server on the log.
func New(log *eventlog.Log, now func() time.Time) *Server {
	return &Server{
		tickets: eventlog.NewAggregate(log, func(t kitchen.Ticket, e *kitchenv1.TicketEvent, _ eventlog.Meta) (kitchen.Ticket, error) {
			return kitchen.Evolve(t, e)
		}),
		now: now,
	}
}

// Register adds the service to a gRPC server.
func (s *Server) Register(r grpc.ServiceRegistrar) { kitchenv1.RegisterKitchenServiceServer(r, s) }

type decision = func(kitchen.Ticket) (*kitchenv1.TicketEvent, error)

// execute is for the ticket's restaurant, which only the ticket knows, and for others who are named.
func (s *Server) execute(ctx context.Context, id string, decide decision, others ...identity.Grant) (uint64, error) {
	caller := identity.FromContext(ctx)
	if caller.Anonymous() {
		return 0, caller.Require()
	}
	return s.tickets.ExecuteIf(ctx, id, func(t kitchen.Ticket) error {
		if t.Status == "" {
			return nil
		}
		return caller.Require(append(others, identity.Grant{Role: identity.Restaurant, Resource: t.RestaurantID})...)
	}, decide)
}

// house is who opens tickets and calls them off.
var house = []identity.Grant{
	{Role: identity.Operations, Resource: identity.Any},
	{Role: identity.Service, Resource: identity.Any},
}
