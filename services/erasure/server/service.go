package server

import (
	"context"

	"google.golang.org/grpc"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/services/erasure"
)

// Service is erasure as it is hosted. Nobody waits for it to be ready: it first looks back at every order, and a customer who
// leaves has time. conn connects to the domain service of that name.
func Service(ctx context.Context, c *cell.Cell, p erasure.Policy, conn func(domain string) grpc.ClientConnInterface) (host.Service, error) {
	const name = "erasure"
	s, err := New(ctx, p, c.Processes(name, conn))
	if err != nil {
		return host.Service{}, err
	}
	return host.Service{Name: name, Run: s.Run}, nil
}
