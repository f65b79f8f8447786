package server

import (
	"context"

	"google.golang.org/grpc"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/location"
	"tiffin/services/dispatch"
)

// Service is dispatch as it is hosted: ready when deliveries are given out, here or by another instance. conn connects to the
// domain service of that name.
func Service(ctx context.Context, c *cell.Cell, p dispatch.Policy, conn func(domain string) grpc.ClientConnInterface) (host.Service, error) {
	const name = "dispatch"
	where, err := location.Open(ctx, c.NATS)
	if err != nil {
		return host.Service{}, err
	}
	s, err := New(ctx, p, where, c.Processes(name, conn))
	if err != nil {
		return host.Service{}, err
	}
	return host.Service{Name: name, Run: s.Run, Ready: s.Ready}, nil
}
