package shed

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tiffin/platform/problem"
)

const soon = 30 * time.Second

func entrance(t *testing.T, requests, streams Options) HTTP {
	t.Helper()
	return HTTP{
		Requests: gate(t, requests), Streams: gate(t, streams), Within: soon, Unread: soon,
		Stream: func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, ":watch") },
	}
}

func serve(t *testing.T, h HTTP, next http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h.Handler(next))
	t.Cleanup(s.Close)
	return s
}

func get(t *testing.T, url string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

func TestWhatIsTooMuchIsTurnedAwayAndToldWhenToComeAgain(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	s := serve(t, entrance(t, Options{AtOnce: 1}, Options{AtOnce: 1}), func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" || r.URL.Path == "/slow:watch" {
			entered <- struct{}{}
			<-leave
		}
	})
	for _, path := range []string{"/slow", "/slow:watch"} {
		go func() { _, _ = http.Get(s.URL + path) }() //nolint:bodyclose // it has none
		<-entered
	}
	for _, path := range []string{"/any", "/any:watch"} {
		away := get(t, s.URL+path)
		require.Equal(t, http.StatusServiceUnavailable, away.StatusCode)
		require.Equal(t, problem.ContentType, away.Header.Get("Content-Type"))
		require.Equal(t, "1", away.Header.Get("Retry-After"))
		var told problem.Document
		require.NoError(t, json.NewDecoder(away.Body).Decode(&told))
		require.Equal(t, "OVERLOADED", told.Code)
		require.Equal(t, http.StatusServiceUnavailable, told.Status)
	}
	leave <- struct{}{}
	leave <- struct{}{}
	require.Eventually(t, func() bool { return get(t, s.URL+"/any").StatusCode == http.StatusOK }, soon, time.Millisecond)
}

func TestARequestHasADeadlineAndAStreamHasNone(t *testing.T) {
	for path, want := range map[string]bool{"/any": true, "/any:watch": false} {
		s := serve(t, entrance(t, Options{AtOnce: 1}, Options{AtOnce: 1}), func(w http.ResponseWriter, r *http.Request) {
			_, bounded := r.Context().Deadline()
			assert.Equal(t, want, bounded, path)
			w.WriteHeader(http.StatusTeapot)
		})
		require.Equal(t, http.StatusTeapot, get(t, s.URL+path).StatusCode)
	}
}

func TestWhoSendsABodyForTooLongLosesThePlace(t *testing.T) {
	h := entrance(t, Options{AtOnce: 1}, Options{})
	h.Within = 10 * time.Millisecond
	ended := make(chan error, 1)
	s := serve(t, h, func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		ended <- err
	})
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	_, err = io.WriteString(conn, "POST /any HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nslow")
	require.NoError(t, err)
	require.Error(t, <-ended)
}

// Who stops reading a stream is dropped, for only then can they come back and resume it. A silent stream is not.
func TestWhoDoesNotReadAStreamIsDropped(t *testing.T) {
	h := entrance(t, Options{}, Options{AtOnce: 1})
	h.Unread = 10 * time.Millisecond
	ended := make(chan error, 1)
	s := serve(t, h, func(w http.ResponseWriter, _ *http.Request) {
		chunk, flush := make([]byte, 1<<16), http.NewResponseController(w)
		for {
			if _, err := w.Write(chunk); err != nil {
				ended <- err
				return
			}
			if err := flush.Flush(); err != nil {
				ended <- err
				return
			}
		}
	})
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	require.NoError(t, err)
	defer func() { _ = conn.Close() }()
	_, err = io.WriteString(conn, "GET /any:watch HTTP/1.1\r\nHost: here\r\n\r\n")
	require.NoError(t, err)
	var late net.Error
	require.ErrorAs(t, <-ended, &late)
	require.True(t, late.Timeout())
}

func TestASilentStreamGoesOn(t *testing.T) {
	h := entrance(t, Options{}, Options{AtOnce: 1})
	h.Unread = time.Millisecond
	speak := make(chan struct{})
	s := httptest.NewUnstartedServer(h.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		flush := http.NewResponseController(w)
		for range speak {
			_, err := io.WriteString(w, "word\n")
			assert.NoError(t, errors.Join(err, flush.Flush()))
		}
	})))
	s.Config.WriteTimeout = time.Millisecond // that of ordinary answers
	s.Start()
	t.Cleanup(s.Close)
	go func() { speak <- struct{}{} }()
	stream := get(t, s.URL+"/any:watch")
	word := make([]byte, len("word\n"))
	_, err := io.ReadFull(stream.Body, word)
	require.NoError(t, err)
	// A wait that is longer than either, which is all that this is about.
	pause := time.NewTimer(20 * time.Millisecond)
	<-pause.C
	speak <- struct{}{}
	_, err = io.ReadFull(stream.Body, word)
	require.NoError(t, err)
	close(speak)
}
