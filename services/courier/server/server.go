package server

import (
	"context"
	"time"

	"google.golang.org/grpc"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/services/courier"
)

// Server serves tiffin.courier.v1.CourierService.
type Server struct {
	courierv1.UnimplementedCourierServiceServer
	couriers *eventlog.Aggregate[courier.Courier, *courierv1.CourierEvent]
	now      func() time.Time
}

// New returns a server on the log.
func New(log *eventlog.Log, now func() time.Time) *Server {
	return &Server{
		couriers: eventlog.NewAggregate(log, func(a courier.Courier, e *courierv1.CourierEvent, _ eventlog.Meta) (courier.Courier, error) {
			return courier.Evolve(a, e)
		}),
		now: now,
	}
}

// Register adds the service to a gRPC server.
func (s *Server) Register(r grpc.ServiceRegistrar) { courierv1.RegisterCourierServiceServer(r, s) }

type decision = func(courier.Courier) (*courierv1.CourierEvent, error)

// execute is for callers who hold one of the grants.
func (s *Server) execute(ctx context.Context, id string, decide decision, anyOf ...identity.Grant) (uint64, error) {
	if err := identity.FromContext(ctx).Require(anyOf...); err != nil {
		return 0, err
	}
	return s.couriers.Execute(ctx, id, decide)
}

// The house is our own services and those who keep them healthy.
var (
	operations = identity.Grant{Role: identity.Operations, Resource: identity.Any}
	service    = identity.Grant{Role: identity.Service, Resource: identity.Any}
)

func own(courierID string) identity.Grant {
	return identity.Grant{Role: identity.Courier, Resource: courierID}
}
