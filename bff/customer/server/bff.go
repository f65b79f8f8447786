package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"

	"tiffin/bff/customer/couriers"
	"tiffin/bff/customer/menu"
	"tiffin/bff/customer/orders"
	"tiffin/bff/customer/places"
	"tiffin/bff/customer/popularity"
	"tiffin/bff/customer/profile"
	"tiffin/bff/customer/restaurants"
	"tiffin/gen/openapi"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	domain "tiffin/gen/tiffin/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/location"
	"tiffin/platform/view"
)

// BFF is the customer BFF as it is hosted, in a city whose time runs faster by the factor. Its commands go to ordering and to
// the customer service, by connections that forward the caller; ctx bounds opening the store of places.
func BFF(
	ctx context.Context, c *cell.Cell, ordering, customers grpc.ClientConnInterface, timeFactor float64,
) (host.BFF, error) {
	b := host.BFF{
		Audience: "customer", File: customerv1.File_tiffin_bff_customer_v1_customer_proto,
		Handler: func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error {
			return customerv1.RegisterCustomerServiceHandlerClient(ctx, mux, customerv1.NewCustomerServiceClient(conn))
		},
	}
	where, err := location.Open(ctx, c.NATS)
	if err != nil {
		return b, fmt.Errorf("places: %w", err)
	}
	followed := places.New(where.Watch, c.Logger)
	db, o := c.Views(b.Audience)
	found, err1 := view.New(c.Log, db, restaurants.Spec(), o)
	menus, err2 := view.New(c.Log, db, menu.Spec(), o)
	popular, err3 := view.New(c.Log, db, popularity.Spec(), o)
	placed, err4 := view.New(c.Log, db, orders.Spec(), o)
	people, err5 := view.New(c.Log, db, profile.Spec(), o)
	riders, err6 := view.New(c.Log, db, couriers.Spec(), o)
	description, err7 := openapi.Of(b.Audience)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7); err != nil {
		return b, err
	}
	s, err := New(Options{
		Restaurants: found, Menus: menus, Popularity: popular, Orders: placed, Profiles: people, Couriers: riders,
		Ordering: orderingv1.NewOrderingServiceClient(ordering), Customers: domain.NewCustomerServiceClient(customers),
		Places: followed, Now: c.Now, TimeFactor: timeFactor,
	})
	if err != nil {
		return b, err
	}
	b.Views, b.OpenAPI, b.Run = []host.View{found, menus, popular, placed, people, riders}, description, followed.Run
	b.Register = func(r grpc.ServiceRegistrar) { customerv1.RegisterCustomerServiceServer(r, s) }
	return b, nil
}
