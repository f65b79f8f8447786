package webhook_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/fault"
	"tiffin/platform/gateway"
	"tiffin/platform/gateway/webhook"
	"tiffin/platform/hub/hubtest"
)

// replicas are two that take the webhooks of one sender, whose bodies say what they are about before a colon. They can't read
// "!", don't want "no" and panic on "?", until they are fixed.
type replicas struct {
	handlers [2]*webhook.Handler
	faults   *fault.Store

	mu    sync.Mutex
	fixed bool
	away  error
	taken []string
}

func newReplicas(t *testing.T) *replicas {
	t.Helper()
	nc := hubtest.Connect(t)
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	bucket, err := gateway.Bucket(t.Context(), nc, 1)
	require.NoError(t, err)
	r := &replicas{faults: faults}
	for i := range r.handlers {
		r.handlers[i], err = webhook.New(webhook.Options{
			Owner: "test", Name: "webhooks", Secrets: [][]byte{secret}, Read: r.read, Faults: faults, Bucket: bucket,
			Now: func() time.Time { return noon },
		})
		require.NoError(t, err)
	}
	return r
}

func (r *replicas) read(body []byte) (webhook.Message, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	about, says, _ := strings.Cut(string(body), ":")
	m := webhook.Message{About: about, Record: func(context.Context) error { return r.record(string(body), says) }}
	if says == "!" && !r.fixed {
		return m, errors.New("what is this?")
	}
	return m, nil
}

func (r *replicas) record(body, says string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.away != nil {
		return r.away
	}
	if says == "?" && !r.fixed {
		panic("what is this?")
	}
	if says == "no" && !r.fixed {
		return fault.Poisoned(errors.New("nobody asked for this"))
	}
	r.taken = append(r.taken, body)
	return nil
}

func (r *replicas) set(fixed bool, away error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fixed, r.away = fixed, away
}

func (r *replicas) says(replica int, id, body string) int {
	h := house{Handler: r.handlers[replica]}
	return h.answer(message(id, noon, body))
}

func (r *replicas) resubmit(t *testing.T, dryRun bool) (out []fault.Outcome) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	require.NoError(t, r.faults.Resubmit(ctx, fault.Query{}, fault.Resubmission{
		DryRun: dryRun, Done: func(_ fault.Fault, o fault.Outcome) { out = append(out, o) },
	}))
	return out
}

// run runs both, of which one is active, until the test ends.
func (r *replicas) run(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	for _, h := range r.handlers {
		go func() { ended <- h.Run(ctx) }()
	}
	t.Cleanup(func() {
		cancel()
		for range r.handlers {
			require.ErrorIs(t, <-ended, context.Canceled)
		}
	})
}

func TestWhatCantBeProcessedIsParkedAndWhatFollowsBehindIt(t *testing.T) {
	r := newReplicas(t)
	for i, poison := range []string{"!", "?", "no"} {
		about := string(rune('a' + i))
		require.Equal(t, http.StatusNoContent, r.says(0, about+"1", about+":"+poison), "it need not be sent again")
		require.Equal(t, http.StatusNoContent, r.says(1, about+"2", about+":then"), "by another replica")
		require.Equal(t, http.StatusNoContent, r.says(1, about+"1", about+":"+poison), "a repeat")
	}
	require.Equal(t, http.StatusNoContent, r.says(1, "d1", "d:fine"))
	r.set(false, errors.New("away"))
	require.Equal(t, http.StatusInternalServerError, r.says(0, "d2", "d:more"), "what may pass is to be sent again")
	r.set(false, nil)
	require.Equal(t, http.StatusNoContent, r.says(0, "d2", "d:more"))
	require.Equal(t, []string{"d:fine", "d:more"}, r.taken)

	list, err := r.faults.List(t.Context(), fault.Query{}, "", 0)
	require.NoError(t, err)
	require.Len(t, list, 3)
	for _, f := range list {
		require.Equal(t, 2, f.Count)
	}
	r.run(t)
	for _, o := range r.resubmit(t, false) {
		require.Equal(t, uint64(1), o.At)
	}
	r.set(true, nil)
	for _, o := range r.resubmit(t, true) {
		require.True(t, o.Resolved)
	}
	require.Len(t, r.taken, 2, "a dry run records nothing")
	for _, o := range r.resubmit(t, false) {
		require.Equal(t, fault.Outcome{Processed: 2, Resolved: true}, o)
	}
	require.ElementsMatch(t, []string{"a:!", "a:then", "b:?", "b:then", "c:no", "c:then"}, r.taken[2:])
	for i := 2; i < len(r.taken); i += 2 {
		require.Equal(t, r.taken[i][:2]+"then", r.taken[i+1], "in order")
	}
}

func TestWithoutAPlaceToParkInTheSenderRepeatsIt(t *testing.T) {
	h := newHouse(t)
	h.fault = fault.Poisoned(errors.New("nobody asked for this"))
	require.Equal(t, http.StatusInternalServerError, h.answer(message("1", noon, `{}`)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, h.Handler.(*webhook.Handler).Run(ctx), context.Canceled)
}
