package server

import (
	"context"

	"google.golang.org/grpc"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/seal"
	"tiffin/services/customer"
)

// Server serves tiffin.customer.v1.CustomerService.
type Server struct {
	customerv1.UnimplementedCustomerServiceServer
	customers *eventlog.Aggregate[customer.Customer, *customerv1.CustomerEvent]
	keys      seal.Keys
}

// New returns a server on the log, whose personal data is sealed with the keys.
func New(log *eventlog.Log, keys seal.Keys) *Server {
	return &Server{
		customers: eventlog.NewAggregate(log, func(c customer.Customer, e *customerv1.CustomerEvent, _ eventlog.Meta) (customer.Customer, error) {
			return customer.Evolve(c, e)
		}),
		keys: keys,
	}
}

// Register adds the service to a gRPC server.
func (s *Server) Register(r grpc.ServiceRegistrar) { customerv1.RegisterCustomerServiceServer(r, s) }

type decision = func(customer.Customer) (*customerv1.CustomerEvent, error)

// execute is for the customer, and for others who are named.
func (s *Server) execute(ctx context.Context, id string, decide decision, others ...identity.Grant) (uint64, error) {
	own := identity.Grant{Role: identity.Customer, Resource: id}
	if err := identity.FromContext(ctx).Require(append(others, own)...); err != nil {
		return 0, err
	}
	return s.customers.Execute(ctx, id, decide)
}

// house is who lets customers in and brings erasures to their end.
var house = []identity.Grant{
	{Role: identity.Operations, Resource: identity.Any},
	{Role: identity.Service, Resource: identity.Any},
}
