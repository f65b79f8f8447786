package server

import (
	"errors"
	"time"

	"tiffin/bff/restaurant/board"
	"tiffin/bff/restaurant/menu"
	"tiffin/bff/restaurant/sales"
	"tiffin/bff/restaurant/tickets"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/bff"
)

// Options are what the server is made of. All but Now and Heartbeat are required.
type Options struct {
	Boards  bff.View[board.Document]
	Tickets bff.View[tickets.Document]
	Menus   bff.View[menu.Document]
	Sales   bff.View[sales.Document]
	// Kitchen and Restaurants forward the caller and the command, as platform/rpc's clients do.
	Kitchen     kitchenv1.KitchenServiceClient
	Restaurants restaurantv1.RestaurantServiceClient
	// Now is the time by which restaurants are open and days begin.
	Now func() time.Time
	// Heartbeat tells when a silent stream says that it lives; by default every 15 seconds.
	Heartbeat bff.Heartbeat
}

// Server implements restaurantbffv1.RestaurantServiceServer.
type Server struct {
	restaurantbffv1.UnimplementedRestaurantServiceServer
	Options
}

// New returns a server over views that run already.
func New(o Options) (*Server, error) {
	if o.Boards == nil || o.Tickets == nil || o.Menus == nil || o.Sales == nil || o.Kitchen == nil || o.Restaurants == nil {
		return nil, errors.New("restaurant server: boards, tickets, menus, sales, kitchen and restaurants are required")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Heartbeat == nil {
		o.Heartbeat = bff.Beat
	}
	return &Server{Options: o}, nil
}
