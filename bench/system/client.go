package system

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// Client calls a running Tiffin. It takes as little of the machine as it can: what it spends, the system has not.
type Client struct {
	http *http.Client
	url  string
}

const (
	customerAPI    = "/api/customer/v1"
	positionHeader = "Tiffin-Position"
	staleHeader    = "Tiffin-Stale"
)

// NewClient returns a client that keeps as many connections open.
func NewClient(url string, connections int) *Client {
	return &Client{url: url, http: &http.Client{Transport: &http.Transport{
		MaxIdleConns: connections, MaxIdleConnsPerHost: connections, DisableCompression: true,
	}}}
}

// Close closes the connections that are idle.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// request is one call. Everything but the path may be empty.
type request struct {
	method, path, token, key, position string
	body                               []byte
}

// call returns the answer and the position that came with it. Any status but 200, and a stale answer, is an error.
func (c *Client) call(ctx context.Context, q request) (body []byte, position string, err error) {
	r, err := http.NewRequestWithContext(ctx, q.method, c.url+q.path, bytes.NewReader(q.body))
	if err != nil {
		return nil, "", err
	}
	for name, value := range map[string]string{"Idempotency-Key": q.key, positionHeader: q.position} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	if q.token != "" {
		r.Header.Set("Authorization", "Bearer "+q.token)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		return nil, "", err
	}
	body, err = io.ReadAll(resp.Body)
	_ = resp.Body.Close() // it was read to its end, or is of no use any more
	switch {
	case err != nil:
		return nil, "", err
	case resp.StatusCode != http.StatusOK:
		return nil, "", fmt.Errorf("%s %s: %s: %s", q.method, q.path, resp.Status, body)
	case resp.Header.Get(staleHeader) != "":
		return nil, "", fmt.Errorf("%s %s: the answer is stale", q.method, q.path)
	}
	return body, resp.Header.Get(positionHeader), nil
}

// Customer is a persona who orders, with a token.
type Customer struct{ token string }

// Customers signs all personas in who may order.
func (c *Client) Customers(ctx context.Context) ([]Customer, error) {
	var list struct {
		Personas []struct {
			PersonaID string `json:"persona_id"`
			Roles     []string
		}
	}
	if err := c.read(ctx, request{method: http.MethodGet, path: "/auth/personas"}, &list); err != nil {
		return nil, err
	}
	var out []Customer
	for _, p := range list.Personas {
		if len(p.Roles) != 1 || p.Roles[0] != "customer" {
			continue
		}
		var signed struct {
			AccessToken string `json:"access_token"`
		}
		if err := c.read(ctx, request{method: http.MethodPost, path: "/auth/personas/" + p.PersonaID + ":token"}, &signed); err != nil {
			return nil, err
		}
		out = append(out, Customer{signed.AccessToken})
	}
	if len(out) == 0 {
		return nil, errors.New("there is no customer among the personas")
	}
	return out, nil
}

func (c *Client) read(ctx context.Context, q request, into any) error {
	body, _, err := c.call(ctx, q)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}
