package hubtest

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"tiffin/platform/hub"
)

// Nodes is the size of a Cluster: the smallest that survives the loss of one.
const Nodes = 3

// Cluster is three servers on loopback, for streams of three replicas.
type Cluster struct {
	t       testing.TB
	options []*server.Options
	servers []*server.Server
}

// NewCluster starts a cluster and waits until it has a leader; it stops with the test.
func NewCluster(t testing.TB) *Cluster {
	t.Helper()
	c := &Cluster{t: t, servers: make([]*server.Server, Nodes)}
	var routes []*url.URL
	ports := freePorts(t, 2*Nodes)
	for i := range Nodes {
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", ports[i])})
	}
	for i := range Nodes {
		c.options = append(c.options, &server.Options{
			ServerName: name(i), Host: "127.0.0.1", Port: ports[Nodes+i], NoSigs: true, NoLog: true,
			JetStream: true, StoreDir: t.TempDir(), Routes: routes,
			Cluster: server.ClusterOpts{Name: "tiffin", Host: "127.0.0.1", Port: ports[i]},
		})
		c.launch(i)
	}
	for i := range Nodes {
		c.await(i)
	}
	t.Cleanup(func() {
		for i := range Nodes {
			c.Stop(i)
		}
	})
	c.awaitLeader()
	return c
}

// launch starts a node without waiting for it: a node is ready only when a majority is there.
func (c *Cluster) launch(i int) {
	c.t.Helper()
	s, err := server.NewServer(c.options[i].Clone())
	if err != nil {
		c.t.Fatal(err)
	}
	s.Start()
	c.servers[i] = s
}

func (c *Cluster) await(i int) {
	c.t.Helper()
	if !c.servers[i].ReadyForConnections(startTimeout) {
		c.t.Fatalf("node %d is not ready", i)
	}
}

// Stop stops a node; Restart brings it back with its files.
func (c *Cluster) Stop(i int) {
	if c.servers[i] != nil {
		c.servers[i].Shutdown()
		c.servers[i].WaitForShutdown()
		c.servers[i] = nil
	}
}

// Restart starts a stopped node again.
func (c *Cluster) Restart(i int) {
	c.t.Helper()
	c.launch(i)
	c.await(i)
}

// Leader returns which node leads the stream; -1 while none does.
func (c *Cluster) Leader(stream string) int {
	for i, s := range c.servers {
		if s != nil && s.JetStreamIsStreamLeader(server.DEFAULT_GLOBAL_ACCOUNT, stream) {
			return i
		}
	}
	return -1
}

// Connect returns a connection that knows all nodes.
func (c *Cluster) Connect() *nats.Conn {
	c.t.Helper()
	urls := make([]string, 0, len(c.options))
	for _, o := range c.options {
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", o.Port))
	}
	nc, err := hub.Connect(strings.Join(urls, ","))
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(nc.Close)
	return nc
}

func (c *Cluster) awaitLeader() {
	c.t.Helper()
	for deadline := time.Now().Add(startTimeout); time.Now().Before(deadline); <-time.After(pollEvery) {
		for _, s := range c.servers {
			if s.JetStreamIsLeader() && len(s.JetStreamClusterPeers()) == Nodes {
				return
			}
		}
	}
	c.t.Fatal("the cluster found no leader")
}

const (
	startTimeout = 30 * time.Second
	pollEvery    = 20 * time.Millisecond
)

// freePorts returns ports that were free a moment ago: routes must be known before the first node starts, and a restarted
// node must be found where it was.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	ports := make([]int, n)
	for i := range ports {
		l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		ports[i] = l.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // a TCP listener has a TCP address
	}
	return ports
}
