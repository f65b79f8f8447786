package main

import (
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection"
	"google.golang.org/protobuf/reflect/protoreflect"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/identity"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
	orderingserver "tiffin/services/ordering/server"
	restaurantserver "tiffin/services/restaurant/server"
)

// services are all domain services behind one gRPC server, and a connection to it within the process.
type services struct {
	server *grpc.Server
	conn   *grpc.ClientConn
}

func startServices(g *run.Group, in *infra, issuer *identity.Issuer, logger *slog.Logger) (*services, error) {
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
	ordering.Register(server)
	restaurantserver.New(in.log, time.Now).Register(server)
	healthv1.RegisterHealthServer(server, health.NewServer())
	reflection.Register(server)
	g.Go("ordering's menus", ordering.Run)
	conn, closeConn, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
	if err != nil {
		return nil, err
	}
	g.Close("services in process", closeConn)
	return &services{server: server, conn: conn}, nil
}
