// Command delivery runs the delivery service as a process of its own.
package main

import (
	"context"
	"os"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/run"
	"tiffin/services/delivery/server"
)

type settings struct {
	cell.Settings
	run.GRPC
}

func main() { run.Main(delivery) }

func delivery(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "delivery", s.Settings)
		if err != nil {
			return err
		}
		services := host.NewServices(g, c)
		services.Add(server.Service(c.Log, c.Now))
		if err := services.Start(); err != nil {
			return err
		}
		calls, err := run.Listen(g.Context(), "TIFFIN_GRPC_ADDR", s.GRPCAddr)
		if err != nil {
			return err
		}
		g.Go("gRPC", func(ctx context.Context) error { return services.Serve(ctx, calls) })
		return nil
	})
}
