package main

import (
	"context"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection"
	"google.golang.org/protobuf/reflect/protoreflect"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/identity"
	"tiffin/platform/rpc"
	orderingserver "tiffin/services/ordering/server"
	restaurantserver "tiffin/services/restaurant/server"
)

// services are all domain services behind one gRPC server, and a connection to it within the process.
type services struct {
	server *grpc.Server
	conn   *grpc.ClientConn
	close  func()
}

func startServices(
	ctx context.Context, group *errgroup.Group, in *infra, issuer *identity.Issuer, logger *slog.Logger,
) (*services, error) {
	server, err := rpc.NewServer(rpc.ServerOptions{
		Verify: issuer.Verify, Logger: logger,
		Files: []protoreflect.FileDescriptor{
			restaurantv1.File_tiffin_restaurant_v1_service_proto, orderingv1.File_tiffin_ordering_v1_service_proto,
		},
	})
	if err != nil {
		return nil, err
	}
	ordering := orderingserver.New(in.log, time.Now)
	restaurantv1.RegisterRestaurantServiceServer(server, restaurantserver.New(in.log, time.Now))
	orderingv1.RegisterOrderingServiceServer(server, ordering)
	healthv1.RegisterHealthServer(server, health.NewServer())
	reflection.Register(server)
	group.Go(func() error { return ordering.Run(ctx) })
	conn, closeConn, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
	if err != nil {
		return nil, err
	}
	return &services{server: server, conn: conn, close: func() {
		server.Stop()
		_ = closeConn() // the process ends: there is nothing left to do about it
	}}, nil
}
