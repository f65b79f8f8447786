package server

import (
	"errors"
	"time"

	"tiffin/bff/customer/arrival"
	"tiffin/bff/customer/couriers"
	"tiffin/bff/customer/menu"
	"tiffin/bff/customer/orders"
	"tiffin/bff/customer/places"
	"tiffin/bff/customer/popularity"
	"tiffin/bff/customer/profile"
	"tiffin/bff/customer/restaurants"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	domain "tiffin/gen/tiffin/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/bff"
)

// Options are what the server is made of. All but Now, Heartbeat, Calm and TimeFactor are required.
type Options struct {
	Restaurants bff.View[restaurants.Document]
	Menus       bff.View[menu.Document]
	Popularity  bff.View[popularity.Document]
	Orders      bff.View[orders.Document]
	Profiles    bff.View[profile.Document]
	Couriers    bff.View[couriers.Document]
	// Places are where couriers are.
	Places *places.Places
	// Ordering forwards the caller and the command, as platform/rpc's clients do.
	Ordering orderingv1.OrderingServiceClient
	// Customers does, too.
	Customers domain.CustomerServiceClient
	// Now is the time by which restaurants are open.
	Now func() time.Time
	// Heartbeat tells when a silent stream says that it lives; by default every 15 seconds.
	Heartbeat bff.Heartbeat
	// Calm is the pause between what a stream says of a courier who moves; by default 2 seconds.
	Calm func() <-chan time.Time
	// TimeFactor is how much faster the city's time runs; by default 1.
	TimeFactor float64
}

// Server implements customerv1.CustomerServiceServer.
type Server struct {
	customerv1.UnimplementedCustomerServiceServer
	Options

	arrivals arrival.Rules
}

// New returns a server over views that run already.
func New(o Options) (*Server, error) {
	if o.Restaurants == nil || o.Menus == nil || o.Popularity == nil || o.Orders == nil || o.Ordering == nil ||
		o.Profiles == nil || o.Customers == nil || o.Couriers == nil || o.Places == nil {
		return nil, errors.New("customer server: all views, places, ordering and customers are required")
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
	if o.TimeFactor == 0 {
		o.TimeFactor = 1
	}
	return &Server{Options: o, arrivals: arrival.NewRules(o.TimeFactor)}, nil
}
