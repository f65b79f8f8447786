package rpc_test

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/identity"
	"tiffin/platform/rpc"
	"tiffin/platform/wiretest"
)

func TestAConnectionThatCarriesNothingIsGivenUpForAnother(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server, err := rpc.NewServer(rpc.ServerOptions{
		Verify: verify, Files: []protoreflect.FileDescriptor{orderingv1.File_tiffin_ordering_v1_service_proto},
	})
	require.NoError(t, err)
	orderingv1.RegisterOrderingServiceServer(server, ordering{confirm: func(context.Context) error { return nil }})
	serving, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- rpc.Serve(serving, server, l, time.Second) }()
	t.Cleanup(func() { stop(); require.NoError(t, <-served) })
	wire := wiretest.To(t, l.Addr().String())
	conn, err := rpc.Dial(wire.Addr, rpc.ClientOptions{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	call := func() error {
		ctx, cancel := context.WithTimeout(identity.NewContext(t.Context(), identity.Caller{Token: "good"}), time.Second)
		defer cancel()
		_, err := orderingv1.NewOrderingServiceClient(conn).ConfirmOrder(ctx, &orderingv1.ConfirmOrderRequest{OrderId: id})
		return err
	}
	require.NoError(t, call())
	wire.GoDark()
	require.Error(t, call())
	require.Eventually(t, func() bool { return call() == nil }, time.Minute, time.Millisecond)
}
