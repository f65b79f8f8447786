package system

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// longest is the longest line of a stream that is read.
const longest = 16 << 20

// Watch calls see with every document of a live stream, until see returns false. A stream that ends before is an error.
func (c *Client) Watch(ctx context.Context, by Person, path string, see func(document []byte) (more bool, err error)) error {
	return c.follow(ctx, request{method: http.MethodGet, path: path, token: by.token}, see)
}

// WatchOrder is Watch for an order of a customer's.
func (c *Client) WatchOrder(ctx context.Context, o Order, see func(document []byte) (more bool, err error)) error {
	return c.follow(ctx, request{method: http.MethodGet, path: customerAPI + "/orders/" + o.ID + ":watch", token: o.Customer.token}, see)
}

// follow has a connection of its own, for a stream is left before its end.
func (c *Client) follow(ctx context.Context, q request, see func(document []byte) (more bool, err error)) error {
	conn, err := c.dials.DialContext(ctx, "tcp", c.addr)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()                         // there is nothing more to be said
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends the reading
	in := bufio.NewReader(conn)
	if err := (&connection{Conn: conn, in: in}).ask(c.addr, q); err != nil {
		return errors.Join(err, ctx.Err())
	}
	resp, err := http.ReadResponse(in, &http.Request{Method: q.method})
	if err != nil {
		return errors.Join(err, ctx.Err())
	}
	defer func() {
		_ = conn.Close() // first: closing a body reads it to its end, and a stream that lives has none
		_ = resp.Body.Close()
	}()
	if resp.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(resp.Body) // as much as there is
		return fmt.Errorf("%s: %s: %s", q.path, resp.Status, said)
	}
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(make([]byte, 0, 4<<10), longest)
	kind := ""
	for lines.Scan() {
		name, value, _ := bytes.Cut(lines.Bytes(), []byte(": "))
		switch string(name) {
		case "event":
			kind = string(value)
		case "data":
			if kind != "document" {
				continue
			}
			if more, err := see(value); err != nil || !more {
				return err
			}
		}
	}
	return errors.Join(fmt.Errorf("%s: the stream has ended", q.path), lines.Err(), ctx.Err())
}
