package cluster

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"time"

	"tiffin/platform/identity"
)

// door is where people's requests come in: it takes each to one of the BFFs that serve its audience, in turn, and to the next
// where that one can't be reached.
type door struct {
	server *http.Server
	served chan error
	routes map[string]*replicas
	// people can sign in once there are any.
	people atomic.Pointer[[]identity.Persona]
}

const (
	// answerWithin is longer than any answer waits for a view; a process that is paused has none.
	answerWithin  = 8 * time.Second
	dialWithin    = time.Second
	headerTimeout = 5 * time.Second
	longestBody   = 1 << 20
)

func openDoor(ctx context.Context, c *Cluster) (*door, error) {
	d := &door{served: make(chan error, 1), routes: map[string]*replicas{}}
	d.people.Store(&[]identity.Persona{})
	mux := http.NewServeMux()
	mux.Handle("/auth/", identity.Handler(c.issuer, func() []identity.Persona { return *d.people.Load() }))
	for _, p := range programs {
		if p.audience == "" {
			continue
		}
		if d.routes[p.audience] == nil {
			d.routes[p.audience] = newReplicas()
			mux.Handle("/api/"+p.audience+"/", d.routes[p.audience])
		}
		d.routes[p.audience].addrs = append(d.routes[p.audience].addrs, c.addrs[p.name])
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c.URL = "http://" + l.Addr().String()
	d.server = &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout}
	go func() { d.served <- d.server.Serve(l) }()
	return d, nil
}

func (d *door) close() error {
	err := d.server.Close()
	<-d.served //nolint:errcheck // it says that it was closed
	for _, r := range d.routes {
		r.transport.CloseIdleConnections()
	}
	return err
}

// replicas of one BFF.
type replicas struct {
	addrs     []string
	next      atomic.Uint64
	transport *http.Transport
	proxy     *httputil.ReverseProxy
}

func newReplicas() *replicas {
	dialer := &net.Dialer{Timeout: dialWithin}
	r := &replicas{transport: &http.Transport{
		DialContext: dialer.DialContext, ResponseHeaderTimeout: answerWithin, MaxIdleConnsPerHost: 64, DisableCompression: true,
	}}
	r.proxy = &httputil.ReverseProxy{
		ErrorLog:  log.New(io.Discard, "", 0), // that answers break off is what people are to see
		Transport: r, FlushInterval: -1,       // streams are read as they come
		Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(&url.URL{Scheme: "http", Host: "bff"}) },
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			slog.DebugContext(r.Context(), "a BFF did not answer", "path", r.URL.Path, "error", err)
			w.WriteHeader(http.StatusBadGateway)
		},
	}
	return r
}

func (r *replicas) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	q.Body = http.MaxBytesReader(w, q.Body, longestBody)
	r.proxy.ServeHTTP(w, q)
}

// RoundTrip asks the next one, and those after it as long as nobody is there.
func (r *replicas) RoundTrip(q *http.Request) (*http.Response, error) {
	var body []byte
	if q.Body != nil {
		var err error
		if body, err = io.ReadAll(q.Body); err != nil {
			return nil, err
		}
	}
	first := r.next.Add(1)
	var last error
	for i := range r.addrs {
		again := q.Clone(q.Context())
		again.URL.Host = r.addrs[(first+uint64(i))%uint64(len(r.addrs))]
		again.Body = io.NopCloser(bytes.NewReader(body))
		resp, err := r.transport.RoundTrip(again)
		if err == nil {
			return resp, nil
		}
		last = err
		if dial := (*net.OpError)(nil); !errors.As(err, &dial) || dial.Op != "dial" {
			break // it may have heard: whoever asked decides what to do about it
		}
	}
	return nil, last
}
