package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Refusal is an answer that says no, and why.
type Refusal struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	// Stale: it was answered without having seen what was presented.
	Stale bool `json:"-"`
}

func (r *Refusal) Error() string { return fmt.Sprintf("%d %s: %s", r.Status, r.Code, r.Detail) }

// Code is the code of a refusal; empty: the error is none.
func Code(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

// request is one call. Everything but method and path may be empty.
type request struct {
	method, path, token, key, position, after string
	body                                      []byte
}

func (c *Client) send(ctx context.Context, q request) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, q.method, c.url+q.path, bytes.NewReader(q.body))
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"Idempotency-Key": q.key, positionHeader: q.position, "Last-Event-ID": q.after} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	if q.token != "" {
		r.Header.Set("Authorization", "Bearer "+q.token)
	}
	return c.http.Do(r)
}

// answer is what a call was answered.
type answer struct {
	body     []byte
	position string
	stale    bool
}

// once calls once. What may be repeated is errUnanswered, what says no is a *Refusal.
func (c *Client) once(ctx context.Context, q request) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	resp, err := c.send(ctx, q)
	if err != nil {
		c.met("no answer")
		return answer{}, unanswered{err}
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end, or is of no use any more
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.met("half an answer")
		return answer{}, unanswered{err}
	}
	if resp.StatusCode != http.StatusOK {
		return answer{}, c.no(resp, body)
	}
	return answer{body, resp.Header.Get(positionHeader), resp.Header.Get(staleHeader) != ""}, nil
}

// no tells a refusal from trouble that passes.
func (c *Client) no(resp *http.Response, body []byte) error {
	said, status := &Refusal{}, resp.StatusCode
	_ = json.Unmarshal(body, said) // what is no problem document has no code
	said.Status, said.Stale = status, resp.Header.Get(staleHeader) != ""
	if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests || said.Code == "CONTENDED" {
		c.met(strconv.Itoa(status) + " " + said.Code)
		return unanswered{said}
	}
	return said
}

// unanswered is trouble that passes.
type unanswered struct{ error }

func (u unanswered) Unwrap() error { return u.error }

const (
	positionHeader = "Tiffin-Position"
	staleHeader    = "Tiffin-Stale"

	soon  = 100 * time.Millisecond
	later = 2 * time.Second
)

// call repeats what was not answered, the same key and body, until it is or ctx ends.
func (c *Client) call(ctx context.Context, q request) (answer, error) {
	for pause := soon; ; pause = min(2*pause, later) {
		a, err := c.once(ctx, q)
		if again := (unanswered{}); err == nil || !errors.As(err, &again) {
			return a, err
		}
		if err := Pause(ctx, pause); err != nil {
			return answer{}, err
		}
	}
}

// Pause waits, and returns the context's error if that ends first.
func Pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
