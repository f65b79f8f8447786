package cluster

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

// Link is how one process reaches another: by a proxy that can be made bad. It is safe for concurrent use.
type Link struct {
	// From and To are names of processes.
	From, To string

	proxies *toxiproxy.ApiServer
	// listen is where From finds To, and target is where To listens.
	listen, target string

	mu    sync.Mutex
	proxy *toxiproxy.Proxy
}

func (l *Link) String() string { return l.From + " → " + l.To }

// Direction is one of the two that a link has.
type Direction string

// The directions of a link.
const (
	Out  Direction = "upstream"   // what From says
	Back Direction = "downstream" // what To answers
)

func newProxies() *toxiproxy.ApiServer {
	return toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
}

// open lets connections through.
func (l *Link) open() error {
	l.proxy = toxiproxy.NewProxy(l.proxies, l.String(), l.listen, l.target)
	if err := l.proxy.Start(); err != nil {
		return fmt.Errorf("link %s: %w", l, err)
	}
	return nil
}

// Cut swallows what is said in those directions: both sides keep their connections, and hear nothing.
func (l *Link) Cut(directions ...Direction) error {
	for _, d := range directions {
		if err := l.poison("timeout", d, map[string]int64{"timeout": 0}); err != nil {
			return err
		}
	}
	return nil
}

// Slow delays what is said, in both directions together by about so long.
func (l *Link) Slow(by time.Duration) error {
	half := by.Milliseconds() / 2
	for _, d := range []Direction{Out, Back} {
		if err := l.poison("latency", d, map[string]int64{"latency": half, "jitter": half / 2}); err != nil {
			return err
		}
	}
	return nil
}

// Break resets every connection, and refuses new ones.
func (l *Link) Break() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.proxy.Stop()
	return nil
}

// Heal makes the link good again. Connections that were bad are closed, for what was swallowed is lost to them.
func (l *Link) Heal() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.proxy.Stop()
	// Another proxy, at the same place: to take the bad out of one, its connections would first have to be read to their ends.
	return l.open()
}

// within bounds how long it takes to make live connections bad: one whose reader is paused can't be.
const within = time.Second

// poison makes the link bad, for the connections that there are and those that come. Where those that there are can't be, they
// are closed.
func (l *Link) poison(kind string, d Direction, attributes map[string]int64) error {
	text, err := json.Marshal(map[string]any{"type": kind, "stream": d, "attributes": attributes})
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	done := make(chan error, 1)
	proxy := l.proxy
	go func() {
		_, err := proxy.Toxics.AddToxicJson(strings.NewReader(string(text)))
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(within):
	}
	l.proxy.Stop()
	l.proxy = toxiproxy.NewProxy(l.proxies, l.String(), l.listen, l.target)
	if _, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(string(text))); err != nil {
		return err
	}
	return l.proxy.Start()
}

func (l *Link) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.proxy.Stop()
}
