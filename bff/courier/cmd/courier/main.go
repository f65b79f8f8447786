// Command courier runs the courier BFF as a process of its own.
package main

import (
	"cmp"
	"context"
	"os"

	"tiffin/bff/courier/server"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
)

type settings struct {
	cell.Settings
	cell.DatabaseSettings
	run.HTTP
	// CourierAddr is where the courier service takes commands.
	CourierAddr string `env:"TIFFIN_COURIER_ADDR,required,notEmpty"`
	// DeliveryAddr is where the delivery service takes commands.
	DeliveryAddr string `env:"TIFFIN_DELIVERY_ADDR,required,notEmpty"`
}

func (s settings) Validate() error {
	return cmp.Or(run.Addr("TIFFIN_COURIER_ADDR", s.CourierAddr), run.Addr("TIFFIN_DELIVERY_ADDR", s.DeliveryAddr))
}

func main() { run.Main(courier) }

func courier(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "courier-bff", s.Settings)
		if err != nil {
			return err
		}
		if err := c.OpenDatabase(g, s.DatabaseSettings); err != nil {
			return err
		}
		couriers, err := rpc.Dial(s.CourierAddr, rpc.ClientOptions{})
		if err != nil {
			return err
		}
		g.Close("connection to courier", couriers.Close)
		delivering, err := rpc.Dial(s.DeliveryAddr, rpc.ClientOptions{})
		if err != nil {
			return err
		}
		g.Close("connection to delivery", delivering.Close)
		bffs := host.NewBFFs(g, c)
		bffs.Add(server.BFF(g.Context(), c, couriers, delivering))
		if err := bffs.Start(); err != nil {
			return err
		}
		// Nobody is let in before the views have caught up.
		if err := bffs.AwaitReady(g.Context()); err != nil {
			return err
		}
		web, err := run.Listen(g.Context(), "TIFFIN_HTTP_ADDR", s.HTTPAddr)
		if err != nil {
			return err
		}
		g.Go("HTTP", func(ctx context.Context) error { return run.ServeHTTP(ctx, web, bffs.Handler()) })
		return nil
	})
}
