package main

import (
	"context"
	"fmt"

	"google.golang.org/grpc"

	courierbff "tiffin/bff/courier/server"
	customerbff "tiffin/bff/customer/server"
	restaurantbff "tiffin/bff/restaurant/server"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/run"
	courierserver "tiffin/services/courier/server"
	customerserver "tiffin/services/customer/server"
	deliveryserver "tiffin/services/delivery/server"
	"tiffin/services/dispatch"
	dispatchserver "tiffin/services/dispatch/server"
	"tiffin/services/erasure"
	erasureserver "tiffin/services/erasure/server"
	"tiffin/services/fulfilment"
	fulfilmentserver "tiffin/services/fulfilment/server"
	kitchenserver "tiffin/services/kitchen/server"
	orderingserver "tiffin/services/ordering/server"
	"tiffin/services/payment/gateway"
	paymentserver "tiffin/services/payment/server"
	restaurantserver "tiffin/services/restaurant/server"
)

// startServices hosts every service that is not left out: those that take commands, then those that give them.
func startServices(g *run.Group, c *cell.Cell, s settings, payments *gateway.Gateway, services *host.Services) error {
	services.Add(restaurantserver.Service(c.Log, c.Now))
	services.Add(orderingserver.Service(c.Log, c.Faults, c.Now))
	services.Add(kitchenserver.Service(c.Log, c.Now))
	services.Add(deliveryserver.Service(c.Log, c.Now))
	services.Add(courierserver.Service(c.Log, c.Now))
	services.Add(paymentserver.Service(c.Log))
	services.Add(customerserver.Service(c.Log, c.Keys))
	services.Add(payments.Service())
	here := func(string) grpc.ClientConnInterface { return services.Conn }
	orders, err := fulfilmentserver.Service(g.Context(), c, fulfilment.NewPolicy(s.Factor), here)
	if err != nil {
		return err
	}
	services.Add(orders)
	deliveries, err := dispatchserver.Service(g.Context(), c, dispatch.NewPolicy(s.Factor), here)
	if err != nil {
		return err
	}
	services.Add(deliveries)
	erasures, err := erasureserver.Service(g.Context(), c, erasure.NewPolicy(s.Factor), here)
	if err != nil {
		return err
	}
	services.Add(erasures)
	if err := services.LeaveOut(s.Without...); err != nil {
		return fmt.Errorf("TIFFIN_WITHOUT: %w", err)
	}
	return services.Start()
}

// startBFFs hosts every backend-for-frontend over the services of this process.
func startBFFs(ctx context.Context, c *cell.Cell, factor float64, bffs *host.BFFs, conn grpc.ClientConnInterface) error {
	bffs.Add(customerbff.BFF(ctx, c, conn, conn, factor))
	bffs.Add(restaurantbff.BFF(c, conn, conn))
	bffs.Add(courierbff.BFF(ctx, c, conn, conn))
	return bffs.Start()
}
