package hub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"tiffin/platform/hub"
	"tiffin/platform/wiretest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAConnectionThatCarriesNothingIsGivenUpForAnother(t *testing.T) {
	server, err := hub.Start(hub.Options{Dir: t.TempDir(), LazySync: true})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	wire, again := wiretest.To(t, strings.TrimPrefix(server.URL(), "nats://")), make(chan struct{}, 1)
	nc, err := hub.Connect("nats://"+wire.Addr, nats.ReconnectHandler(func(*nats.Conn) { again <- struct{}{} }))
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	wire.GoDark()
	select {
	case <-again:
	case <-time.After(time.Minute):
		t.Fatal("the client waits for a server that it can't hear")
	}
	require.NoError(t, nc.FlushTimeout(time.Minute))
}
