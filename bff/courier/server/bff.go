package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"

	"tiffin/bff/courier/courier"
	"tiffin/bff/courier/deliveries"
	"tiffin/bff/courier/pickups"
	"tiffin/gen/openapi"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/location"
	"tiffin/platform/view"
)

// BFF is the courier BFF as it is hosted. Its commands go to the courier and delivery services, by connections that forward
// the caller; ctx bounds opening the store of places.
func BFF(ctx context.Context, c *cell.Cell, couriers, delivering grpc.ClientConnInterface) (host.BFF, error) {
	b := host.BFF{
		Audience: "courier", File: courierapi.File_tiffin_bff_courier_v1_courier_proto,
		Handler: func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error {
			return courierapi.RegisterCourierServiceHandlerClient(ctx, mux, courierapi.NewCourierServiceClient(conn))
		},
	}
	places, err := location.Open(ctx, c.NATS)
	if err != nil {
		return b, fmt.Errorf("places: %w", err)
	}
	db, o := c.Views(b.Audience)
	now, err1 := view.New(c.Log, db, courier.Spec(), o)
	taken, err2 := view.New(c.Log, db, deliveries.Spec(), o)
	food, err3 := view.New(c.Log, db, pickups.Spec(), o)
	description, err4 := openapi.Of(b.Audience)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return b, err
	}
	s, err := New(Options{
		Couriers: now, Deliveries: taken, PickUps: food, Publish: places.Publish, Now: c.Now,
		Courier: courierv1.NewCourierServiceClient(couriers), Delivery: deliveryv1.NewDeliveryServiceClient(delivering),
	})
	if err != nil {
		return b, err
	}
	b.Views, b.OpenAPI = []host.View{now, taken, food}, description
	b.Register = func(r grpc.ServiceRegistrar) { courierapi.RegisterCourierServiceServer(r, s) }
	return b, nil
}
