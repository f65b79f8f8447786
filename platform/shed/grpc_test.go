package shed_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
	"tiffin/platform/shed"
)

// slow is a service with one method, which any message will do for.
type slow struct{ calls chan context.Context }

func (s *slow) call(_ any, ctx context.Context, decode func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) { //nolint:revive // gRPC's own order
	request := &healthv1.HealthCheckRequest{}
	if err := decode(request); err != nil {
		return nil, err
	}
	return interceptor(ctx, request, &grpc.UnaryServerInfo{FullMethod: "/test.Slow/Call"}, func(ctx context.Context, _ any) (any, error) {
		s.calls <- ctx
		<-ctx.Done()
		return nil, ctx.Err()
	})
}

func TestCallsAreTurnedAwayAndHealthIsNot(t *testing.T) {
	gate, err := shed.New(shed.Options{AtOnce: 1})
	require.NoError(t, err)
	server, err := rpc.NewServer(rpc.ServerOptions{
		Verify: func(context.Context, string) (identity.Caller, error) { return identity.Caller{}, nil },
	}, shed.GRPC(gate, time.Minute)...)
	require.NoError(t, err)
	s := &slow{calls: make(chan context.Context, 1)}
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "test.Slow", HandlerType: (*any)(nil), Methods: []grpc.MethodDesc{{MethodName: "Call", Handler: s.call}},
	}, s)
	healthv1.RegisterHealthServer(server, health.NewServer())
	conn, closed, err := rpc.InProcess(server, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		server.Stop()
	})
	call := func(ctx context.Context) error {
		return conn.Invoke(ctx, "/test.Slow/Call", &healthv1.HealthCheckRequest{}, &healthv1.HealthCheckResponse{})
	}
	ctx, hangUp := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- call(ctx) }()
	_, bounded := (<-s.calls).Deadline()
	require.True(t, bounded, "a call whose caller has all the time in the world")
	away := problem.From(call(t.Context()))
	require.Equal(t, problem.Unavailable, away.Kind)
	require.Equal(t, "OVERLOADED", away.Code)
	_, err = healthv1.NewHealthClient(conn).Check(t.Context(), &healthv1.HealthCheckRequest{})
	require.NoError(t, err)
	hangUp()
	require.Error(t, <-ended)
}
