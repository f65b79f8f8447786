package hubtest

import (
	"testing"

	"github.com/nats-io/nats.go"

	"tiffin/platform/hub"
)

// Server starts a hub with an empty directory, and stops it with the test.
func Server(t testing.TB) *hub.Server {
	t.Helper()
	s, err := hub.Start(hub.Options{Dir: t.TempDir(), LazySync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Connect returns a connection to a hub of the test's own.
func Connect(t testing.TB) *nats.Conn {
	t.Helper()
	nc, err := Server(t).Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}
