package cell

import (
	"context"

	"google.golang.org/grpc"

	"tiffin/platform/process"
)

// Processes are what a control service of that name is made with; conn connects to the domain service of a name.
func (c *Cell) Processes(name string, conn func(domain string) grpc.ClientConnInterface) process.Options {
	return process.Options{
		Log: c.Log, NATS: c.NATS, Faults: c.Faults, Conn: conn, Replicas: c.Replicas, Logger: c.Logger, Now: c.Now,
		As: func(ctx context.Context) (context.Context, error) { return c.Issuer.AsService(ctx, name) },
	}
}
