package history_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/bench/torture/history"
)

const (
	orderID = "01J0000000000000000000ADA0"
	// token is that of a customer; its signature is nobody's.
	token = "Bearer e30.eyJzdWIiOiJhZGEifQ.x"
)

// recorded calls a system that answers so, and returns what was recorded of it.
func recorded(t *testing.T, answers http.HandlerFunc, call func(*http.Client, string)) []history.Call {
	t.Helper()
	server := httptest.NewServer(answers)
	defer server.Close()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	recorder, err := history.Create(path)
	require.NoError(t, err)
	client := &http.Client{Transport: recorder.Transport(&http.Transport{})}
	call(client, server.URL)
	client.CloseIdleConnections()
	require.NoError(t, recorder.Close())
	require.NoError(t, recorder.Close(), "twice is once")
	return read(t, path)
}

func read(t *testing.T, path string) []history.Call {
	t.Helper()
	var all []history.Call
	for c, err := range history.Read(path) {
		require.NoError(t, err)
		all = append(all, c)
	}
	return all
}

// send sends a request and reads what it is answered.
func send(t *testing.T, client *http.Client, method, url string, headers ...string) string {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(`{"a":1}`))
	require.NoError(t, err)
	q.Header.Set("Authorization", token)
	for i := 0; i < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	resp, err := client.Do(q)
	if err != nil {
		return err.Error()
	}
	body, _ := io.ReadAll(resp.Body) // what is cut off is part of what is tried
	require.NoError(t, resp.Body.Close())
	return string(body)
}

func TestWhatACommandCameToIsRecorded(t *testing.T) {
	for name, c := range map[string]struct {
		answers http.HandlerFunc
		outcome history.Outcome
		code    string
	}{
		"taken":     {says(200, `{}`), history.Acknowledged, ""},
		"refused":   {says(409, `{"code":"SOLD_OUT"}`), history.Refused, "SOLD_OUT"},
		"contended": {says(409, `{"code":"CONTENDED"}`), history.Refused, "CONTENDED"},
		"shed":      {says(429, `{"code":"EXHAUSTED"}`), history.Refused, "EXHAUSTED"},
		"trouble":   {says(503, `{"code":"OUTCOME_UNKNOWN"}`), history.Unknown, "OUTCOME_UNKNOWN"},
		"no answer": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, history.Unknown, ""},
		"half of one": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, `{"a"`)
		}, history.Unknown, ""},
	} {
		t.Run(name, func(t *testing.T) {
			calls := recorded(t, c.answers, func(client *http.Client, url string) {
				send(t, client, "POST", url+"/api/customer/v1/orders", "Idempotency-Key", "key")
			})
			require.Len(t, calls, 1)
			got := calls[0]
			require.Equal(t, history.Command, got.Kind)
			require.Equal(t, "key", got.Command)
			require.Equal(t, "ada", got.Client)
			require.Equal(t, "/api/customer/v1/orders", got.Path)
			require.Equal(t, c.outcome, got.Outcome)
			require.Equal(t, c.code, got.Code)
			require.GreaterOrEqual(t, got.Ended, got.Began)
		})
	}
}

func says(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestAQueryTellsWhatItPresentedAndWhatItWasShown(t *testing.T) {
	at := time.Date(2026, 11, 28, 12, 0, 0, 123e6, time.UTC)
	bodies := map[string]string{
		"/api/customer/v1/orders/" + orderID:       `{"order_id":"` + orderID + `","timeline":[{},{}]}`,
		"/api/restaurant/v1/restaurants/r/tickets": `{"tickets":[{"ticket_id":"t","changed_at":"2026-11-28T12:00:00.123Z"}]}`,
		"/api/customer/v1/restaurants":             `{"restaurants":[]}`,
	}
	calls := recorded(t, func(w http.ResponseWriter, r *http.Request) {
		says(200, bodies[r.URL.Path], "Tiffin-Position", "p2", "Tiffin-Stale", "true")(w, r)
	}, func(client *http.Client, url string) {
		for _, path := range []string{
			"/api/customer/v1/orders/" + orderID, "/api/restaurant/v1/restaurants/r/tickets", "/api/customer/v1/restaurants", "/auth/personas",
		} {
			send(t, client, "GET", url+path, "Tiffin-Position", "p1")
		}
		send(t, client, "PUT", url+"/api/courier/v1/couriers/c/location")
	})
	require.Len(t, calls, 3, "nobody is held to a sign-in, or to where somebody was")
	require.Equal(t, []history.Shown{{Kind: history.Order, ID: orderID, Steps: 2}}, calls[0].Shown)
	require.Equal(t, []history.Shown{{Kind: history.Ticket, ID: "t", Changed: at}}, calls[1].Shown)
	require.Empty(t, calls[2].Shown)
	for _, c := range calls {
		require.Equal(t, history.Query, c.Kind)
		require.Equal(t, "p1", c.Presented)
		require.Equal(t, "p2", c.Position)
		require.True(t, c.Stale)
		require.NotEmpty(t, c.Hash)
	}
}

func TestThatAnOrderIsNotThereIsRecorded(t *testing.T) {
	calls := recorded(t, says(404, `{"code":"ORDER_NOT_FOUND"}`), func(client *http.Client, url string) {
		send(t, client, "GET", url+"/api/customer/v1/orders/"+orderID)
	})
	require.Equal(t, []history.Shown{{Kind: history.Order, ID: orderID}}, calls[0].Shown)
}

func TestEachDocumentOfAStreamIsANotice(t *testing.T) {
	order := `{"order_id":"` + orderID + `","timeline":[{}]}`
	calls := recorded(t, says(200, "id: s1\nevent: document\ndata: "+order+"\n\nid: s1\nevent: heartbeat\ndata: {}\n\n"+
		"id: s2\nevent: stale\ndata: "+order+"\n\nid: s3\nevent: document\ndata: "+order, "Content-Type", "text/event-stream"),
		func(client *http.Client, url string) {
			send(t, client, "GET", url+"/api/customer/v1/orders/"+orderID+":watch", "Tiffin-Position", "p1", "Last-Event-ID", "s0")
			send(t, client, "GET", url+"/api/customer/v1/orders/"+orderID+":watch")
		})
	require.Len(t, calls, 4, "the last one of each was cut off")
	require.Equal(t, history.Notice, calls[0].Kind)
	require.Equal(t, "p1,s0", calls[0].Presented)
	require.Equal(t, []string{"s1", "s2"}, []string{calls[0].Position, calls[1].Position})
	require.Equal(t, []bool{false, true}, []bool{calls[0].Stale, calls[1].Stale})
	require.Equal(t, calls[0].Stream, calls[1].Stream)
	require.NotEqual(t, calls[0].Stream, calls[2].Stream)
	require.Equal(t, []history.Shown{{Kind: history.Order, ID: orderID, Steps: 1}}, calls[0].Shown)
}

func TestAHistoryWhoseLastLineWasCutOffIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.ndjson")
	require.NoError(t, os.WriteFile(path, []byte(`{"kind":"query","command":"a"}`+"\n"+`{"kind":"que`), 0o600))
	require.Len(t, read(t, path), 1)
	require.NoError(t, os.WriteFile(path, []byte("no\n{}\n"), 0o600))
	for _, err := range history.Read(path) {
		require.ErrorContains(t, err, "line 1")
	}
}

func TestCommandsAreSentTwiceUnderTheSameKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.ndjson")
	recorder, err := history.Create(path)
	require.NoError(t, err)
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if n++; n == 1 || string(body) != `{"a":1}` {
			says(200, "first")(w, r)
			return
		}
		says(409, `{"code":"AGAIN"}`)(w, r)
	}))
	defer server.Close()
	client := &http.Client{Transport: history.Repeating(recorder.Transport(&http.Transport{}), 1, 1)}
	require.Equal(t, "first", send(t, client, "POST", server.URL+"/api/x", "Idempotency-Key", "key"))
	send(t, client, "GET", server.URL+"/api/x")
	client.CloseIdleConnections()
	require.NoError(t, recorder.Close())
	calls := read(t, path)
	require.Len(t, calls, 3)
	require.Equal(t, "key", calls[1].Command)
	require.Equal(t, history.Refused, calls[1].Outcome)
	acknowledged, refused, unknown := recorder.Commands()
	require.Equal(t, []int64{1, 1, 0}, []int64{acknowledged, refused, unknown})
}
