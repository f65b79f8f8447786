// Command customer runs the customer BFF as a process of its own.
package main

import (
	"cmp"
	"context"
	"os"

	"tiffin/bff/customer/server"
	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
)

type settings struct {
	cell.Settings
	cell.DatabaseSettings
	run.HTTP
	run.TimeFactor
	// OrderingAddr is where the ordering service takes commands.
	OrderingAddr string `env:"TIFFIN_ORDERING_ADDR,required,notEmpty"`
	// CustomerAddr is where the customer service does.
	CustomerAddr string `env:"TIFFIN_CUSTOMER_ADDR,required,notEmpty"`
}

func (s settings) Validate() error {
	return cmp.Or(run.Addr("TIFFIN_ORDERING_ADDR", s.OrderingAddr), run.Addr("TIFFIN_CUSTOMER_ADDR", s.CustomerAddr))
}

func main() { run.Main(customer) }

func customer(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "customer-bff", s.Settings)
		if err != nil {
			return err
		}
		if err := c.OpenDatabase(g, s.DatabaseSettings); err != nil {
			return err
		}
		ordering, err := rpc.Dial(s.OrderingAddr, rpc.ClientOptions{})
		if err != nil {
			return err
		}
		g.Close("connection to ordering", ordering.Close)
		customers, err := rpc.Dial(s.CustomerAddr, rpc.ClientOptions{})
		if err != nil {
			return err
		}
		g.Close("connection to customers", customers.Close)
		bffs := host.NewBFFs(g, c)
		bffs.Add(server.BFF(g.Context(), c, ordering, customers, s.Factor))
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
