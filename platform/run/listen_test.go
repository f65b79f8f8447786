package run_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
)

func TestAPortInUseIsSaidClearly(t *testing.T) {
	first, err := run.Listen(t.Context(), "TIFFIN_HTTP_ADDR", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { require.NoError(t, first.Close()) }()
	addr := first.Addr().String()
	_, err = run.Listen(t.Context(), "TIFFIN_HTTP_ADDR", addr)
	require.EqualError(t, err, addr+" is in use by another process: stop it, or choose another address by TIFFIN_HTTP_ADDR")
	_, err = run.Listen(t.Context(), "TIFFIN_HTTP_ADDR", "127.0.0.1:none")
	require.ErrorContains(t, err, "TIFFIN_HTTP_ADDR: can't listen")
}

func TestAServerThatStopsFinishesRequestsAndEndsStreams(t *testing.T) {
	listener, err := run.Listen(t.Context(), "TIFFIN_HTTP_ADDR", "127.0.0.1:0")
	require.NoError(t, err)
	entered := make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done() // as a stream does
		_, _ = io.WriteString(w, "bye")
	})
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- run.ServeHTTP(ctx, listener, handler) }()
	go func() {
		<-entered
		stop()
	}()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get("http://" + listener.Addr().String())
	require.NoError(t, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, "bye", string(body))
	require.NoError(t, <-served)
}

func TestReadyMeansEveryPartIs(t *testing.T) {
	status := []run.Status{{Name: "orders", Ready: true, Position: 7}, {Name: "menus", Position: 3, Lag: 4, Detail: "replaying"}}
	h := run.Health(func() []run.Status { return status[:1] }, func() []run.Status { return status[1:] })
	get := func(path string) (int, map[string]any) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		var body map[string]any
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &body))
		return w.Code, body
	}
	code, body := get("/readyz")
	require.Equal(t, http.StatusServiceUnavailable, code)
	require.Equal(t, false, body["ready"])
	require.Len(t, body["views"], 2)
	status[1] = run.Status{Name: "menus", Ready: true, Position: 7}
	code, _ = get("/readyz")
	require.Equal(t, http.StatusOK, code)
	code, _ = get("/healthz")
	require.Equal(t, http.StatusOK, code)
}
