// Command restaurant runs the restaurant BFF as a process of its own.
package main

import (
	"context"
	"errors"
	"os"

	"tiffin/bff/restaurant/server"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
)

type settings struct {
	cell.Settings
	cell.DatabaseSettings
	run.HTTP
	// KitchenAddr and RestaurantAddr are where these services take commands.
	KitchenAddr    string `env:"TIFFIN_KITCHEN_ADDR,required,notEmpty"`
	RestaurantAddr string `env:"TIFFIN_RESTAURANT_ADDR,required,notEmpty"`
}

func (s settings) Validate() error {
	return errors.Join(run.Addr("TIFFIN_KITCHEN_ADDR", s.KitchenAddr), run.Addr("TIFFIN_RESTAURANT_ADDR", s.RestaurantAddr))
}

func main() { run.Main(restaurant) }

func restaurant(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "restaurant-bff", s.Settings)
		if err != nil {
			return err
		}
		if err := c.OpenDatabase(g, s.DatabaseSettings); err != nil {
			return err
		}
		kitchen, err := rpc.Dial(s.KitchenAddr, rpc.ClientOptions{})
		if err != nil {
			return err
		}
		g.Close("connection to the kitchen", kitchen.Close)
		restaurants, err := rpc.Dial(s.RestaurantAddr, rpc.ClientOptions{})
		if err != nil {
			return err
		}
		g.Close("connection to the restaurant", restaurants.Close)
		bffs := host.NewBFFs(g, c)
		bffs.Add(server.BFF(c, kitchen, restaurants))
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
