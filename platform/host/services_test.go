package host_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	"tiffin/platform/cell"
	"tiffin/platform/host"
	"tiffin/platform/rpc"
	"tiffin/platform/run"
)

func TestMain(m *testing.M) {
	// The janitor of an expiring cache has no end.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/hashicorp/golang-lru/v2/expirable.NewLRU[...].func1"))
}

// opened is a cell of the test's own, with the group that stops it.
func opened(t *testing.T) (*run.Group, *cell.Cell) {
	t.Helper()
	g := run.NewGroup(t.Context(), run.StopWithin)
	t.Cleanup(func() { require.NoError(t, g.Stop(nil)) })
	c, err := cell.Local(g, "test", cell.LocalSettings{DataDir: t.TempDir(), Sync: cell.Lazy})
	require.NoError(t, err)
	return g, c
}

func serves(t *testing.T, conn grpc.ClientConnInterface, name string) bool {
	t.Helper()
	answer, err := healthv1.NewHealthClient(conn).Check(t.Context(), &healthv1.HealthCheckRequest{Service: name})
	require.NoError(t, err)
	return answer.GetStatus() == healthv1.HealthCheckResponse_SERVING
}

func TestHealthTellsEachServiceByItsFullNameOnceItIsReady(t *testing.T) {
	g, c := opened(t)
	services := host.NewServices(g, c)
	var ready atomic.Bool
	// The health service's own file stands for a domain's: it declares a service, and is always linked in.
	services.Add(host.Service{Name: "slow", File: healthv1.File_grpc_health_v1_health_proto, Ready: ready.Load})
	followed := make(chan struct{})
	services.Add(host.Service{Name: "follower", Run: func(ctx context.Context) error {
		close(followed)
		<-ctx.Done()
		return ctx.Err()
	}})
	require.NoError(t, services.Start())
	<-followed
	require.Eventually(t, func() bool { return serves(t, services.Conn, "follower") }, 30*time.Second, time.Millisecond)
	require.False(t, serves(t, services.Conn, "grpc.health.v1.Health"))
	require.False(t, serves(t, services.Conn, ""))
	ready.Store(true)
	require.NoError(t, services.AwaitReady(t.Context()))
	require.Eventually(t, func() bool {
		return serves(t, services.Conn, "grpc.health.v1.Health") && serves(t, services.Conn, "")
	}, 30*time.Second, time.Millisecond)
}

func TestOthersComeInByTheListener(t *testing.T) {
	g, c := opened(t)
	services := host.NewServices(g, c)
	services.Add(host.Service{Name: "any"})
	require.NoError(t, services.Start())
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- services.Serve(ctx, l) }()
	conn, err := rpc.Dial(l.Addr().String(), rpc.ClientOptions{})
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	require.Eventually(t, func() bool { return serves(t, conn, "any") }, 30*time.Second, time.Millisecond)
	stop()
	require.NoError(t, <-served)
}

func TestABFFThatCouldNotBeMadeIsNamed(t *testing.T) {
	g, c := opened(t)
	bffs := host.NewBFFs(g, c)
	bffs.Add(host.BFF{Audience: "customer"}, context.DeadlineExceeded)
	require.EqualError(t, bffs.Start(), "customer BFF: context deadline exceeded")
}
