package system

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ErrTurnedAway is an answer that there is more to do than can be done.
var ErrTurnedAway = errors.New("turned away")

var overloaded = []byte(`"OVERLOADED"`)

// Client calls a running Tiffin. It takes as little of the machine as it can: what it spends, the system has not. So a call
// writes and reads its connection itself, where net/http's client has two goroutines for each to wake.
type Client struct {
	addr  string
	idle  chan *connection
	dials net.Dialer
	// keep is for how long a connection may have been idle to be used again: not as long as the system keeps it open.
	keep time.Duration
}

// connection is kept alive from call to call.
type connection struct {
	net.Conn
	in   *bufio.Reader
	used time.Time
}

const (
	customerAPI    = "/api/customer/v1"
	positionHeader = "Tiffin-Position"
	staleHeader    = "Tiffin-Stale"
)

// NewClient returns a client of the system at the URL that keeps as many connections open.
func NewClient(url string, connections int) *Client {
	return &Client{addr: strings.TrimPrefix(url, "http://"), idle: make(chan *connection, connections), keep: time.Minute}
}

// Close closes the connections that are idle. The client is not used again.
func (c *Client) Close() {
	close(c.idle)
	for conn := range c.idle {
		_ = conn.Close() // nothing is under way
	}
}

// request is one call. Everything but the path may be empty.
type request struct {
	method, path, token, key, position string
	body                               []byte
}

// call returns the answer and the position that came with it. Any status but 200, and a stale answer, is an error.
func (c *Client) call(ctx context.Context, q request) (body []byte, position string, err error) {
	conn, err := c.connect(ctx)
	if err != nil {
		return nil, "", err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // ends the call
	resp, body, err := conn.exchange(c.addr, q)
	if !stop() {
		err = errors.Join(err, ctx.Err())
	}
	if err != nil || resp.Close {
		err = errors.Join(err, conn.Close())
	} else {
		c.release(conn)
	}
	switch {
	case err != nil:
		return nil, "", err
	case resp.StatusCode == http.StatusServiceUnavailable && bytes.Contains(body, overloaded):
		return nil, "", fmt.Errorf("%s %s: %w", q.method, q.path, ErrTurnedAway)
	case resp.StatusCode != http.StatusOK:
		return nil, "", fmt.Errorf("%s %s: %s: %s", q.method, q.path, resp.Status, body)
	case resp.Header.Get(staleHeader) != "":
		return nil, "", fmt.Errorf("%s %s: the answer is stale", q.method, q.path)
	}
	return body, resp.Header.Get(positionHeader), nil
}

// Get returns what a path answers.
func (c *Client) Get(ctx context.Context, path string) ([]byte, error) {
	body, _, err := c.call(ctx, request{method: http.MethodGet, path: path})
	return body, err
}

func (c *Client) connect(ctx context.Context) (*connection, error) {
	for {
		select {
		case conn := <-c.idle:
			if time.Since(conn.used) < c.keep {
				return conn, nil
			}
			_ = conn.Close() // the system may have done the same
		default:
			conn, err := c.dials.DialContext(ctx, "tcp", c.addr)
			if err != nil {
				return nil, err
			}
			return &connection{Conn: conn, in: bufio.NewReader(conn)}, nil
		}
	}
}

func (c *Client) release(conn *connection) {
	conn.used = time.Now()
	select {
	case c.idle <- conn:
	default:
		_ = conn.Close() // more than are kept
	}
}

func (c *connection) exchange(host string, q request) (*http.Response, []byte, error) {
	if err := c.ask(host, q); err != nil {
		return nil, nil, err
	}
	resp, err := http.ReadResponse(c.in, &http.Request{Method: q.method})
	if err != nil {
		return nil, nil, err
	}
	body, err := io.ReadAll(resp.Body)
	return resp, body, errors.Join(err, resp.Body.Close())
}

// ask writes the request.
func (c *connection) ask(host string, q request) error {
	out := make([]byte, 0, 1024+len(q.body))
	out = append(out, q.method+" "+q.path+" HTTP/1.1\r\nHost: "+host+"\r\n"...)
	for _, h := range [...]struct{ name, value string }{
		{"Authorization: Bearer ", q.token}, {"Idempotency-Key: ", q.key}, {positionHeader + ": ", q.position},
	} {
		if h.value != "" {
			out = append(out, h.name+h.value+"\r\n"...)
		}
	}
	if q.method != http.MethodGet {
		out = append(out, "Content-Length: "+strconv.Itoa(len(q.body))+"\r\n"...)
	}
	out = append(append(out, "\r\n"...), q.body...)
	_, err := c.Write(out)
	return err
}

func (c *Client) read(ctx context.Context, q request, into any) error {
	body, _, err := c.call(ctx, q)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}
