package server

import (
	"context"
	"errors"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"

	"tiffin/bff/restaurant/board"
	"tiffin/bff/restaurant/menu"
	"tiffin/bff/restaurant/sales"
	"tiffin/bff/restaurant/tickets"
	"tiffin/gen/openapi"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/view"
)

// BFF is the restaurant BFF as it is hosted. Its commands go to the kitchen and the restaurant, by connections that forward
// the caller.
func BFF(c *cell.Cell, kitchen, restaurant grpc.ClientConnInterface) (host.BFF, error) {
	b := host.BFF{
		Audience: "restaurant", File: restaurantbffv1.File_tiffin_bff_restaurant_v1_restaurant_proto,
		Handler: func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error {
			return restaurantbffv1.RegisterRestaurantServiceHandlerClient(ctx, mux, restaurantbffv1.NewRestaurantServiceClient(conn))
		},
	}
	db, o := c.Views(b.Audience)
	boards, err1 := view.New(c.Log, db, board.Spec(), o)
	archive, err2 := view.New(c.Log, db, tickets.Spec(), o)
	menus, err3 := view.New(c.Log, db, menu.Spec(), o)
	sold, err4 := view.New(c.Log, db, sales.Spec(), o)
	description, err5 := openapi.Of(b.Audience)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return b, err
	}
	s, err := New(Options{
		Boards: boards, Tickets: archive, Menus: menus, Sales: sold, Now: c.Now,
		Kitchen: kitchenv1.NewKitchenServiceClient(kitchen), Restaurants: restaurantv1.NewRestaurantServiceClient(restaurant),
	})
	if err != nil {
		return b, err
	}
	b.Views, b.OpenAPI = []host.View{boards, archive, menus, sold}, description
	b.Register = func(r grpc.ServiceRegistrar) { restaurantbffv1.RegisterRestaurantServiceServer(r, s) }
	return b, nil
}
