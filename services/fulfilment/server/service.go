package server

import (
	"context"

	"google.golang.org/grpc"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/services/fulfilment"
)

// Service is fulfilment as it is hosted: ready when orders are carried on, here or by another instance. conn connects to the
// domain service of that name.
func Service(ctx context.Context, c *cell.Cell, p fulfilment.Policy, conn func(domain string) grpc.ClientConnInterface) (host.Service, error) {
	const name = "fulfilment"
	s, err := New(ctx, p, c.Processes(name, conn))
	if err != nil {
		return host.Service{}, err
	}
	return host.Service{Name: name, Run: s.Run, Ready: s.Ready}, nil
}
