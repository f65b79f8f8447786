package server

import (
	"errors"
	"time"

	"tiffin/bff/customer/menu"
	"tiffin/bff/customer/orders"
	"tiffin/bff/customer/popularity"
	"tiffin/bff/customer/profile"
	"tiffin/bff/customer/restaurants"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	domain "tiffin/gen/tiffin/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/bff"
)

// Options are what the server is made of. All but Now and Heartbeat are required.
type Options struct {
	Restaurants bff.View[restaurants.Document]
	Menus       bff.View[menu.Document]
	Popularity  bff.View[popularity.Document]
	Orders      bff.View[orders.Document]
	Profiles    bff.View[profile.Document]
	// Ordering forwards the caller and the command, as platform/rpc's clients do.
	Ordering orderingv1.OrderingServiceClient
	// Customers does, too.
	Customers domain.CustomerServiceClient
	// Now is the time by which restaurants are open.
	Now func() time.Time
	// Heartbeat tells when a silent stream says that it lives; by default every 15 seconds.
	Heartbeat bff.Heartbeat
}

// Server implements customerv1.CustomerServiceServer.
type Server struct {
	customerv1.UnimplementedCustomerServiceServer
	Options
}

// New returns a server over views that run already.
func New(o Options) (*Server, error) {
	if o.Restaurants == nil || o.Menus == nil || o.Popularity == nil || o.Orders == nil || o.Ordering == nil ||
		o.Profiles == nil || o.Customers == nil {
		return nil, errors.New("customer server: restaurants, menus, popularity, orders, profiles, ordering and customers are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Heartbeat == nil {
		o.Heartbeat = bff.Beat
	}
	return &Server{Options: o}, nil
}
