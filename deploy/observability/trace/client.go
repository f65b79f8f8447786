package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"net/http"
)

// click is something that a person does: the beginning of a trace.
type click struct {
	name, trace, span string
	// causes are spans that must come of it, in its trace or in one that is linked with it.
	causes []string
}

func newClick(name string, causes ...string) click {
	var id [24]byte
	_, _ = rand.Read(id[:]) // never fails
	return click{name, hex.EncodeToString(id[:16]), hex.EncodeToString(id[16:]), causes}
}

// client speaks JSON over HTTP; what it asks after a click belongs to the click's trace.
type client struct {
	at, token string
	click     click
}

func (c client) request(ctx context.Context, method, path string, body any) (*http.Response, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.at+path, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.click.trace != "" {
		r.Header.Set("Traceparent", "00-"+c.click.trace+"-"+c.click.span+"-01")
	}
	return http.DefaultClient.Do(r)
}

func (c client) call(ctx context.Context, method, path string, body, into any) (int, error) {
	resp, err := c.request(ctx, method, path, body)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	return resp.StatusCode, json.NewDecoder(resp.Body).Decode(into)
}
