package rpc

import (
	"context"
	"errors"
	"net"
	"time"

	"google.golang.org/grpc"
)

// Serve serves until ctx ends, then lets calls finish for as long as they are given. It closes the listener; the server can't
// be used again.
func Serve(ctx context.Context, server *grpc.Server, l net.Listener, finish time.Duration) error {
	stop := context.AfterFunc(ctx, func() {
		force := time.AfterFunc(finish, server.Stop)
		defer force.Stop()
		server.GracefulStop()
	})
	defer stop()
	if err := server.Serve(l); err != nil && !errors.Is(err, grpc.ErrServerStopped) && ctx.Err() == nil {
		return err
	}
	return nil
}
