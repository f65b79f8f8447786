package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/deploy/sandbox"
	"tiffin/platform/gateway/webhook"
)

// receiver takes webhooks in the order in which they come, and refuses the first few.
type receiver struct {
	mu      sync.Mutex
	refuses int
	taken   []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	var m struct{ Operation sandbox.Operation }
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refuses > 0 || json.Unmarshal(body, &m) != nil || q.Header.Get(webhook.HeaderSignature) == "" {
		r.refuses--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	r.taken = append(r.taken, m.Operation.ID)
}

func (r *receiver) count(id string) (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, taken := range r.taken {
		if taken == id {
			n++
		}
	}
	return n
}

func (r *receiver) options(url, dir string) func(*sandbox.Options) {
	return func(o *sandbox.Options) {
		o.WebhookURL, o.WebhookSecret, o.Late, o.DataDir = url, []byte("secret"), 50*time.Millisecond, dir
	}
}

func TestWebhooksComeAsTheCardHasIt(t *testing.T) {
	r := &receiver{refuses: 2}
	server := httptest.NewServer(r)
	defer server.Close()
	c := start(t, r.options(server.URL, t.TempDir()))
	for token, times := range map[string]int{"tok_ok": 1, "tok_twice": 2, "tok_late": 1, "tok_pending": 1, "tok_declined": 1} {
		c.post("/v1/authorizations", token, card(token))
		require.Eventually(t, func() bool { return r.count(token) == times }, patience, time.Millisecond, token)
	}
}

func TestADisorderedCardTellsTheLaterOperationFirst(t *testing.T) {
	r := &receiver{}
	server := httptest.NewServer(r)
	defer server.Close()
	c := start(t, r.options(server.URL, t.TempDir()), func(o *sandbox.Options) { o.Late = 2 * time.Second })
	a := c.authorize("first", "tok_disordered")
	c.post("/v1/payments/"+a.Payment+"/capture", "second", eur(1, ""))
	require.Eventually(t, func() bool { return r.count("first") == 1 && r.count("second") == 2 }, patience, time.Millisecond)
	r.mu.Lock()
	defer r.mu.Unlock()
	require.Equal(t, "second", r.taken[0])
}

func TestWhatWasNotTakenIsSentAfterTheNextStart(t *testing.T) {
	// Two of them: what is still on its way when the first start ends would else count for the second.
	refusing, taking := &receiver{refuses: 1 << 30}, &receiver{}
	before, after := httptest.NewServer(refusing), httptest.NewServer(taking)
	defer before.Close()
	defer after.Close()
	dir := t.TempDir()
	o := sandbox.Options{DataDir: dir, APIKey: "key"}
	refusing.options(before.URL, dir)(&o)
	first, err := sandbox.Start(t.Context(), o)
	require.NoError(t, err)
	at(t, first.URL()).authorize("a", "tok_ok")
	require.NoError(t, first.Close())
	start(t, taking.options(after.URL, dir))
	require.Eventually(t, func() bool { return taking.count("a") == 1 }, patience, time.Millisecond)
}
