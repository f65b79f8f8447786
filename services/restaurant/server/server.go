package server

import (
	"context"
	"time"

	"google.golang.org/grpc"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/services/restaurant"
)

// Server serves tiffin.restaurant.v1.RestaurantService.
type Server struct {
	restaurantv1.UnimplementedRestaurantServiceServer
	restaurants *eventlog.Aggregate[restaurant.Restaurant, *restaurantv1.RestaurantEvent]
}

// New returns a server on the log. It needs no clock, as restaurants know no time; it takes one as every service does.
func New(log *eventlog.Log, _ func() time.Time) *Server {
	return &Server{restaurants: eventlog.NewAggregate(log,
		func(r restaurant.Restaurant, e *restaurantv1.RestaurantEvent, _ eventlog.Meta) (restaurant.Restaurant, error) {
			return restaurant.Evolve(r, e)
		})}
}

// Register adds the service to a gRPC server.
func (s *Server) Register(r grpc.ServiceRegistrar) {
	restaurantv1.RegisterRestaurantServiceServer(r, s)
}

type decision = func(restaurant.Restaurant) (*restaurantv1.RestaurantEvent, error)

// execute is what all commands on a restaurant that exists have in common.
func (s *Server) execute(ctx context.Context, id string, decide decision) (uint64, error) {
	if err := allowed(ctx, id); err != nil {
		return 0, err
	}
	return s.restaurants.Execute(ctx, id, decide)
}

// allowed lets the restaurant's own people in, and the house.
func allowed(ctx context.Context, id string) error {
	return identity.FromContext(ctx).Require(
		identity.Grant{Role: identity.Restaurant, Resource: id},
		identity.Grant{Role: identity.Operations, Resource: identity.Any},
		identity.Grant{Role: identity.Service, Resource: identity.Any},
	)
}
