package server

import (
	"context"
	"errors"
	"time"

	"tiffin/bff/courier/courier"
	"tiffin/bff/courier/deliveries"
	"tiffin/bff/courier/pickups"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/bff"
	"tiffin/platform/hours"
	"tiffin/platform/identity"
	"tiffin/platform/location"
	"tiffin/platform/problem"
)

// Options are what the server is made of. All but Now, Heartbeat and Calm are required.
type Options struct {
	Couriers   bff.View[courier.Document]
	Deliveries bff.View[deliveries.Document]
	PickUps    bff.View[pickups.Document]
	// Courier and Delivery forward the caller and the command, as platform/rpc's clients do.
	Courier  courierv1.CourierServiceClient
	Delivery deliveryv1.DeliveryServiceClient
	// Publish tells where a courier is, to whoever follows.
	Publish func(location.Position) error
	// Now is the time by which offers expire and days begin.
	Now func() time.Time
	// Heartbeat tells when a silent stream says that it lives; by default every 15 seconds.
	Heartbeat bff.Heartbeat
	// Calm is the pause between two words of the kitchen's; by default 2 seconds.
	Calm func() <-chan time.Time
}

// Server implements courierapi.CourierServiceServer.
type Server struct {
	courierapi.UnimplementedCourierServiceServer
	Options
}

// New returns a server over views that run already.
func New(o Options) (*Server, error) {
	if o.Couriers == nil || o.Deliveries == nil || o.PickUps == nil || o.Courier == nil || o.Delivery == nil || o.Publish == nil {
		return nil, errors.New("courier server: couriers, deliveries, pick-ups, courier, delivery and publish are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Heartbeat == nil {
		o.Heartbeat = bff.Beat
	}
	if o.Calm == nil {
		o.Calm = bff.Calm
	}
	return &Server{Options: o}, nil
}

// must refuses everybody but the courier.
func must(ctx context.Context, courierID string) error {
	return identity.FromContext(ctx).Require(identity.Grant{Role: identity.Courier, Resource: courierID})
}

// courierOf is the courier that the caller is: nobody is asked to sign in, somebody else is turned away.
func courierOf(ctx context.Context) (string, error) {
	caller := identity.FromContext(ctx)
	id, ok := caller.Resource(identity.Courier)
	if !ok {
		id = caller.Subject // refused below, unless the grant is for any courier
	}
	return id, must(ctx, id)
}

// clock is the time in the zone by which the caller's days begin.
func (s *Server) clock(zone string) (time.Time, error) {
	if zone == "" {
		return s.Now().UTC(), nil
	}
	location, err := hours.Zone(zone)
	if err != nil {
		return time.Time{}, problem.InvalidField("time_zone", "is not the IANA name of a time zone")
	}
	return s.Now().In(location), nil
}
