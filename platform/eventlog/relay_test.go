package eventlog_test

import (
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"tiffin/platform/hub"
)

// relay stands between a client and its server, and loses what either says when it is told to.
type relay struct {
	server   string
	listener net.Listener
	wg       sync.WaitGroup

	mu    sync.Mutex
	lose  direction
	lost  int
	lines map[net.Conn]bool
}

type direction int

const (
	nothing direction = iota
	requests
	answers
)

func newRelay(t *testing.T, serverURL string) *relay {
	t.Helper()
	server, err := url.Parse(serverURL)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r := &relay{server: server.Host, listener: listener, lines: map[net.Conn]bool{}}
	r.wg.Go(r.accept)
	t.Cleanup(func() {
		_ = listener.Close()
		r.hangUp()
		r.wg.Wait()
	})
	return r
}

// connect connects through the relay, and never past it.
func (r *relay) connect(t *testing.T) *nats.Conn {
	t.Helper()
	nc, err := hub.Connect("nats://"+r.listener.Addr().String(), nats.IgnoreDiscoveredServers())
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	return nc
}

func (r *relay) accept() {
	for {
		client, err := r.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", r.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		r.mu.Lock()
		r.lines[client], r.lines[server] = true, true
		r.mu.Unlock()
		r.wg.Go(func() { r.pass(client, server, requests) })
		r.wg.Go(func() { r.pass(server, client, answers) })
	}
}

func (r *relay) pass(from, to net.Conn, what direction) {
	defer func() { _, _ = from.Close(), to.Close() }()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if r.loses(what, n) {
			continue
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (r *relay) loses(what direction, n int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lose != what {
		return false
	}
	r.lost += n
	return true
}

// loseAll loses all that goes in one direction until the next hangUp.
func (r *relay) loseAll(what direction) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lose, r.lost = what, 0
}

// hasLost reports whether something was lost since loseAll.
func (r *relay) hasLost() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lost > 0
}

// hangUp ends all connections, and loses nothing of the next ones.
func (r *relay) hangUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lose = nothing
	for line := range r.lines {
		_ = line.Close()
		delete(r.lines, line)
	}
}
