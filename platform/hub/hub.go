package hub

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Options of an embedded server.
type Options struct {
	// Dir is where JetStream keeps its files.
	Dir string
	// LazySync lets acknowledged appends wait up to two minutes for the disk: a process crash loses nothing, a power cut may.
	LazySync bool
	// MaxStore bounds what JetStream stores in files, in bytes; 0: three quarters of what the disk has left at the start.
	MaxStore int64
	// Port to listen on, on loopback; 0 takes a free one.
	Port int
}

// Server is an embedded NATS server.
type Server struct{ ns *server.Server }

const startTimeout = 20 * time.Second

// Start starts a server on loopback and waits until it accepts connections.
func Start(o Options) (*Server, error) {
	port := o.Port
	if port == 0 {
		port = server.RANDOM_PORT
	}
	ns, err := server.NewServer(&server.Options{
		ServerName: "tiffin", Host: "127.0.0.1", Port: port, DontListen: false, NoSigs: true, NoLog: true,
		JetStream: true, StoreDir: o.Dir, SyncAlways: !o.LazySync,
		JetStreamMaxStore: o.MaxStore,
	})
	if err != nil {
		return nil, fmt.Errorf("embedded hub: %w", err)
	}
	ns.Start()
	if !ns.ReadyForConnections(startTimeout) {
		ns.Shutdown()
		return nil, errors.New("embedded hub: not ready in time (is its data directory in use by another process?)")
	}
	if !ns.JetStreamEnabled() {
		ns.Shutdown()
		return nil, fmt.Errorf("embedded hub: can't store in %s", o.Dir)
	}
	return &Server{ns: ns}, nil
}

// URL is where clients connect.
func (s *Server) URL() string { return s.ns.ClientURL() }

// Connect connects within the process, without a socket.
func (s *Server) Connect(opts ...nats.Option) (*nats.Conn, error) {
	return Connect(s.URL(), append(opts, nats.InProcessServer(s.ns))...)
}

// Subjects is how many subjects have a message in one of the streams.
func (s *Server) Subjects() (n int, err error) {
	stored, err := s.ns.Jsz(&server.JSzOptions{Streams: true})
	if err != nil {
		return 0, fmt.Errorf("embedded hub: %w", err)
	}
	for _, account := range stored.AccountDetails {
		for _, stream := range account.Streams {
			n += stream.State.NumSubjects
		}
	}
	return n, nil
}

// Close stops the server and waits until its files are closed.
func (s *Server) Close() {
	s.ns.Shutdown()
	s.ns.WaitForShutdown()
}

// answers is how many messages may wait on one subscription that is read synchronously: more than any batch that is asked for
// has. The client makes room for all of them each time an aggregate is loaded, and its own default is half a megabyte.
const answers = 2048

// A server that says nothing for this long is given up for another: it may stand still, or the network may swallow what either
// says. The client's own default takes minutes to find that out, in which nothing is appended.
const (
	askEvery = 2 * time.Second
	unheard  = 2
)

// Connect connects to a NATS server, one of a list with commas between, and keeps reconnecting. Nothing is buffered while
// it is disconnected: a publish fails at once rather than be stored later, when whoever asked has given up on it.
func Connect(urls string, opts ...nats.Option) (*nats.Conn, error) {
	base := []nats.Option{
		nats.Name("tiffin"), nats.MaxReconnects(-1), nats.ReconnectBufSize(-1), nats.ReconnectWait(100 * time.Millisecond),
		nats.SyncQueueLen(answers), nats.PingInterval(askEvery), nats.MaxPingsOutstanding(unheard),
	}
	nc, err := nats.Connect(urls, append(base, opts...)...)
	if err != nil {
		return nil, fmt.Errorf("can't connect to NATS at %s: %w", redacted(urls), err)
	}
	return nc, nil
}

// redacted is what may be shown of a list of URLs.
func redacted(urls string) string {
	var shown []string
	for text := range strings.SplitSeq(urls, ",") {
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil {
			return "the given URL"
		}
		shown = append(shown, u.Redacted())
	}
	return strings.Join(shown, ",")
}
