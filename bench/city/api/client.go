package api

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// Client calls one running system. It is safe for concurrent use.
type Client struct {
	http *http.Client
	url  string

	mu      sync.Mutex
	trouble map[string]int
}

const (
	// connections that are kept for calls; live streams have theirs besides.
	connections = 256
	// patience is how long one call may take before it is repeated.
	patience = 30 * time.Second
)

// Through puts something between a client and the network, such as what records the calls. What it makes should close idle
// connections when asked to.
type Through func(http.RoundTripper) http.RoundTripper

// New returns a client of the system at the URL. Of several that are put through, the first is the nearest to the network.
func New(url string, through ...Through) *Client {
	var way http.RoundTripper = &http.Transport{
		MaxIdleConns: connections, MaxIdleConnsPerHost: connections, IdleConnTimeout: time.Minute, DisableCompression: true,
	}
	for _, t := range through {
		way = t(way)
	}
	return &Client{url: strings.TrimSuffix(url, "/"), trouble: map[string]int{}, http: &http.Client{Transport: way}}
}

// Close closes the connections that are idle.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Trouble is what calls met that were repeated then, and how often.
func (c *Client) Trouble() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[string]int, len(c.trouble))
	for what, n := range c.trouble {
		out[what] = n
	}
	return out
}

func (c *Client) met(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.trouble[what]++
}
