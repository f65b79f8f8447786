package server

import (
	"context"
	"time"

	"google.golang.org/grpc"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/services/delivery"
)

// Server serves tiffin.delivery.v1.DeliveryService.
type Server struct {
	deliveryv1.UnimplementedDeliveryServiceServer
	deliveries *eventlog.Aggregate[delivery.Delivery, *deliveryv1.DeliveryEvent]
}

// New returns a server on the log. It needs no clock, as deliveries know no time; it takes one as every service does.
func New(log *eventlog.Log, _ func() time.Time) *Server {
	return &Server{
		deliveries: eventlog.NewAggregate(log, func(a delivery.Delivery, e *deliveryv1.DeliveryEvent, _ eventlog.Meta) (delivery.Delivery, error) {
			return delivery.Evolve(a, e)
		}),
	}
}

// Register adds the service to a gRPC server.
func (s *Server) Register(r grpc.ServiceRegistrar) { deliveryv1.RegisterDeliveryServiceServer(r, s) }

type decision = func(delivery.Delivery) (*deliveryv1.DeliveryEvent, error)

// execute is for callers who hold one of the grants.
func (s *Server) execute(ctx context.Context, id string, decide decision, anyOf ...identity.Grant) (uint64, error) {
	if err := identity.FromContext(ctx).Require(anyOf...); err != nil {
		return 0, err
	}
	return s.deliveries.Execute(ctx, id, decide)
}

// The house is our own services and those who keep them healthy.
var (
	operations = identity.Grant{Role: identity.Operations, Resource: identity.Any}
	service    = identity.Grant{Role: identity.Service, Resource: identity.Any}
)

func own(courierID string) identity.Grant {
	return identity.Grant{Role: identity.Courier, Resource: courierID}
}
