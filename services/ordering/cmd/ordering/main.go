// Command ordering runs the ordering service as a process of its own.
package main

import (
	"context"
	"os"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/run"
	"tiffin/services/ordering/server"
)

type settings struct {
	cell.Settings
	run.GRPC
}

func main() { run.Main(ordering) }

func ordering(ctx context.Context) error {
	s, err := run.Parse[settings](os.Environ())
	if err != nil {
		return err
	}
	return run.Parts(ctx, func(g *run.Group) error {
		c, err := cell.Join(g, "ordering", s.Settings)
		if err != nil {
			return err
		}
		services := host.NewServices(g, c)
		services.Add(server.Service(c.Log, c.Faults, c.Now))
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
