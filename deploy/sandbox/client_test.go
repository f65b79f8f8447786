package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/deploy/sandbox"
)

const patience = 30 * time.Second

// client is somebody who uses the processor.
type client struct {
	t    *testing.T
	url  string
	http *http.Client
}

func start(t *testing.T, set ...func(*sandbox.Options)) *client {
	t.Helper()
	o := sandbox.Options{DataDir: t.TempDir(), APIKey: "key", Logger: slog.New(slog.DiscardHandler), Pending: time.Millisecond}
	for _, s := range set {
		s(&o)
	}
	s, err := sandbox.Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return at(t, s.URL())
}

func at(t *testing.T, url string) *client {
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &client{t: t, url: url, http: &http.Client{Transport: transport}}
}

// send returns the status, 0 where no answer came, and the operation if one was answered with.
func (c *client) send(ctx context.Context, method, path, key, body string) (int, sandbox.Operation) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, c.url+path, bytes.NewReader([]byte(body)))
	require.NoError(c.t, err)
	r.Header.Set("Authorization", "Bearer key")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return 0, sandbox.Operation{}
	}
	text, err := io.ReadAll(answer.Body)
	require.NoError(c.t, err)
	require.NoError(c.t, answer.Body.Close())
	var op sandbox.Operation
	_ = json.Unmarshal(text, &op) // what is no operation leaves it empty
	return answer.StatusCode, op
}

func (c *client) post(path, key, body string) (int, sandbox.Operation) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return c.send(ctx, http.MethodPost, path, key, body)
}

func (c *client) ask(key string) (int, sandbox.Operation) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return c.send(ctx, http.MethodGet, "/v1/operations/"+key, "", "")
}

func eur(minor int, more string) string {
	return fmt.Sprintf(`{"amount":{"currency_code":"EUR","minor_units":%d}%s}`, minor, more)
}

func card(token string) string { return eur(3000, `,"card_token":"`+token+`"`) }

func (c *client) authorize(key, token string) sandbox.Operation {
	c.t.Helper()
	status, op := c.post("/v1/authorizations", key, card(token))
	require.Equal(c.t, http.StatusOK, status)
	return op
}
