package server

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/bff/customer/menu"
	"tiffin/bff/customer/orders"
	"tiffin/bff/customer/popularity"
	"tiffin/bff/customer/restaurants"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/position"
	"tiffin/platform/view"
)

// View is what the server asks of a view.
type View[D any] interface {
	// WaitFor is bounded; stale says that the bound came first.
	WaitFor(ctx context.Context, t position.Token) (stale bool, err error)
	Seen() position.Token
	Get(ctx context.Context, id string) (doc D, at uint64, found bool, err error)
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]D, error)
	Watch(ctx context.Context, id string) (changes <-chan view.Notice, cancel func())
}

// Options are what the server is made of. All but Now and Heartbeat are required.
type Options struct {
	Restaurants View[restaurants.Document]
	Menus       View[menu.Document]
	Popularity  View[popularity.Document]
	Orders      View[orders.Document]
	// Ordering forwards the caller and the command, as platform/rpc's clients do.
	Ordering orderingv1.OrderingServiceClient
	// Now is the time by which restaurants are open.
	Now func() time.Time
	// Heartbeat tells when a silent stream says that it lives; by default every 15 seconds.
	Heartbeat func() (beats <-chan time.Time, stop func())
}

// Server implements customerv1.CustomerServiceServer.
type Server struct {
	customerv1.UnimplementedCustomerServiceServer
	Options
}

const heartbeat = 15 * time.Second

// New returns a server over views that run already.
func New(o Options) (*Server, error) {
	if o.Restaurants == nil || o.Menus == nil || o.Popularity == nil || o.Orders == nil || o.Ordering == nil {
		return nil, errors.New("customer server: restaurants, menus, popularity, orders and ordering are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Heartbeat == nil {
		o.Heartbeat = func() (<-chan time.Time, func()) {
			ticker := time.NewTicker(heartbeat)
			return ticker.C, ticker.Stop
		}
	}
	return &Server{Options: o}, nil
}
