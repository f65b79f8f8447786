package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
)

// Tab is one page that a person has open: it presents the newest position that it was given. It is safe for concurrent use.
type Tab struct {
	*Person

	mu sync.Mutex
	// answered covers all that calls were answered, streamed all that the live stream has shown. Neither covers the other.
	answered, streamed string
}

// Open opens one.
func (p *Person) Open() *Tab { return &Tab{Person: p} }

// Read asks, and reports whether the answer says that it is stale.
func (t *Tab) Read(ctx context.Context, path string, into any) (stale bool, err error) {
	a, err := t.call(ctx, request{method: http.MethodGet, path: path})
	if err != nil {
		return false, err
	}
	return a.stale, json.Unmarshal(a.body, into)
}

// Command commands, under a key that stays the same when it is repeated.
func (t *Tab) Command(ctx context.Context, method, path, key string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	_, err = t.call(ctx, request{method: method, path: path, key: key, body: data})
	return err
}

// Tell sends something that is worth nothing later: it is not repeated.
func (t *Tab) Tell(ctx context.Context, method, path string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	token, err := t.bearer(ctx, "")
	if err != nil {
		return err
	}
	_, err = t.client.once(ctx, request{method: method, path: path, body: data, token: token})
	return err
}

func (t *Tab) call(ctx context.Context, q request) (answer, error) {
	refused := ""
	for {
		token, err := t.bearer(ctx, refused)
		if err != nil {
			return answer{}, err
		}
		streamed := ""
		q.token = token
		q.position, streamed = t.seen()
		a, err := t.client.call(ctx, q)
		if said := (*Refusal)(nil); refused == "" && errors.As(err, &said) && said.Status == http.StatusUnauthorized {
			refused = token
			continue
		}
		t.saw(a.position, streamed)
		return a, err
	}
}

// seen is what the tab presents; and which part of it a stream has shown.
func (t *Tab) seen() (both, streamed string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.answered == "" || t.streamed == "" {
		return t.answered + t.streamed, t.streamed
	}
	return t.answered + "," + t.streamed, t.streamed
}

// saw keeps the position of an answer, which covers what was presented.
func (t *Tab) saw(position, presented string) {
	if position == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answered = position
	if t.streamed == presented {
		t.streamed = ""
	}
}

func (t *Tab) shown(position string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.streamed = position
}
