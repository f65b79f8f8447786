package webhook_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/fault"
	"tiffin/platform/gateway/webhook"
	"tiffin/platform/problem"
)

var (
	secret = []byte("a secret of both sides'")
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// house takes webhooks, and fails to as long as fault says so.
type house struct {
	http.Handler
	now   time.Time
	fault error
	taken []string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{now: noon}
	handler, err := webhook.New(webhook.Options{
		Owner: "test", Name: "webhooks", Secrets: [][]byte{[]byte("the next one"), secret}, Now: func() time.Time { return h.now }, MaxBody: 1 << 10,
		Read: func(body []byte) (webhook.Message, error) {
			return webhook.Message{Record: func(context.Context) error {
				if h.fault == nil {
					h.taken = append(h.taken, string(body))
				}
				return h.fault
			}}, nil
		},
	})
	require.NoError(t, err)
	h.Handler = handler
	return h
}

func message(id string, at time.Time, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/webhooks", strings.NewReader(body))
	webhook.Sign(r.Header, secret, id, at, []byte(body))
	return r
}

func (h *house) answer(r *http.Request) int {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func TestVerification(t *testing.T) {
	with := func(change func(*http.Request)) *http.Request {
		r := message("1", noon, `{"a":1}`)
		change(r)
		return r
	}
	for name, c := range map[string]struct {
		request *http.Request
		want    int
	}{
		"signed":          {message("1", noon, `{"a":1}`), http.StatusNoContent},
		"a little late":   {message("1", noon.Add(-5*time.Minute), `{}`), http.StatusNoContent},
		"old":             {message("1", noon.Add(-5*time.Minute-time.Second), `{}`), http.StatusUnauthorized},
		"of the future":   {message("1", noon.Add(5*time.Minute+time.Second), `{}`), http.StatusUnauthorized},
		"another body":    {with(func(r *http.Request) { r.Body = http.NoBody }), http.StatusUnauthorized},
		"another id":      {with(func(r *http.Request) { r.Header.Set(webhook.HeaderID, "2") }), http.StatusUnauthorized},
		"no id":           {with(func(r *http.Request) { r.Header.Del(webhook.HeaderID) }), http.StatusUnauthorized},
		"a huge id":       {message(strings.Repeat("1", 129), noon, `{}`), http.StatusUnauthorized},
		"no time":         {with(func(r *http.Request) { r.Header.Del(webhook.HeaderTimestamp) }), http.StatusUnauthorized},
		"another time":    {with(func(r *http.Request) { r.Header.Set(webhook.HeaderTimestamp, "1795435201") }), http.StatusUnauthorized},
		"not signed":      {with(func(r *http.Request) { r.Header.Del(webhook.HeaderSignature) }), http.StatusUnauthorized},
		"signed by noise": {with(func(r *http.Request) { r.Header.Set(webhook.HeaderSignature, "v1,!!") }), http.StatusUnauthorized},
		"an empty one":    {with(func(r *http.Request) { r.Header.Set(webhook.HeaderSignature, "v1,") }), http.StatusUnauthorized},
		"another version": {with(func(r *http.Request) {
			r.Header.Set(webhook.HeaderSignature, strings.Replace(r.Header.Get(webhook.HeaderSignature), "v1", "v2", 1))
		}), http.StatusUnauthorized},
		"one of several signatures": {with(func(r *http.Request) {
			r.Header.Set(webhook.HeaderSignature, "v1,AAAA "+r.Header.Get(webhook.HeaderSignature))
		}), http.StatusNoContent},
		"a huge body": {message("1", noon, strings.Repeat("x", 1<<10+1)), http.StatusBadRequest},
		"not posted":  {with(func(r *http.Request) { r.Method = http.MethodGet }), http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			require.Equal(t, c.want, h.answer(c.request))
			require.Equal(t, c.want == http.StatusNoContent, len(h.taken) == 1)
		})
	}
}

// The example that the specification of Standard Webhooks gives.
func TestTheSignatureIsThatOfTheSpecification(t *testing.T) {
	h := http.Header{}
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	require.NoError(t, err)
	webhook.Sign(h, key, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	require.Equal(t, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", h.Get(webhook.HeaderSignature))
}

// A 4xx says that sending it again is of no use, which is never so of what we could not do.
func TestOnlyWhatIsRecordedIsAnsweredWith2xxAndTheRestIsSentAgain(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		fault error
		want  int
	}{
		{problem.New(problem.Unavailable, "OUTCOME_UNKNOWN", "later"), http.StatusServiceUnavailable},
		{problem.New(problem.Contended, "CONTENDED", "again"), http.StatusServiceUnavailable},
		{problem.New(problem.Unauthenticated, "TOKEN_EXPIRED", "ours"), http.StatusServiceUnavailable},
		{context.DeadlineExceeded, http.StatusServiceUnavailable},
		{fault.Poisoned(errors.New("there is no place to park it in")), http.StatusInternalServerError},
		{errors.New("broken"), http.StatusInternalServerError},
		{nil, http.StatusNoContent},
	} {
		h.fault = c.fault
		require.Equal(t, c.want, h.answer(message("1", noon, `{}`)))
	}
	require.Len(t, h.taken, 1)
	h.fault = errors.New("broken")
	require.Equal(t, http.StatusNoContent, h.answer(message("1", noon, `{}`)), "a repeat of what was recorded is not recorded again")
	h.now = noon.Add(time.Hour)
	require.Equal(t, http.StatusUnauthorized, h.answer(message("1", noon, `{}`)), "a replay is no repeat")
	require.Len(t, h.taken, 1)
}

func TestWithoutASecretThereIsNoHandler(t *testing.T) {
	read := func([]byte) (m webhook.Message, err error) { return m, err }
	for _, secrets := range [][][]byte{nil, {nil}, {secret, {}}} {
		_, err := webhook.New(webhook.Options{Owner: "test", Name: "webhooks", Secrets: secrets, Read: read})
		require.Error(t, err)
	}
}

// Whatever arrives: nothing is taken that is not signed, and nothing panics.
func FuzzHandler(f *testing.F) {
	f.Add("1", "1795435200", "v1,AAAA v1,", []byte(`{}`))
	f.Add("", "x", "v1,!! ,", []byte{})
	f.Fuzz(func(t *testing.T, id, timestamp, signature string, body []byte) {
		h := newHouse(&testing.T{})
		r := httptest.NewRequest(http.MethodPost, "/webhooks", bytes.NewReader(body))
		r.Header[webhook.HeaderID], r.Header[webhook.HeaderTimestamp], r.Header[webhook.HeaderSignature] = []string{id}, []string{timestamp}, []string{signature}
		if code := h.answer(r); code < 400 || len(h.taken) > 0 {
			t.Fatalf("answered %d", code)
		}
	})
}
