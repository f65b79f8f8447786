package api_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/bench/city/api"
)

// house answers requests in turn, and keeps what they said.
type house struct {
	mu      sync.Mutex
	asked   []*http.Request
	bodies  []string
	answers []http.HandlerFunc
}

func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	next := h.answers[min(len(h.asked), len(h.answers)-1)]
	h.asked, h.bodies = append(h.asked, r), append(h.bodies, string(body))
	h.mu.Unlock()
	next(w, r)
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

func breaks(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// tab opens one of somebody whose tokens are numbered.
func tab(t *testing.T, answers ...http.HandlerFunc) (*api.Tab, *house) {
	t.Helper()
	h := &house{answers: answers}
	server := httptest.NewServer(h)
	client := api.New(server.URL)
	t.Cleanup(func() { client.Close(); server.Close() })
	issued := 0
	return client.Person(api.Persona{ID: "ada"}, func(context.Context) (string, error) {
		issued++
		return fmt.Sprint("token-", issued), nil
	}).Open(), h
}

func TestWhatWasNotAnsweredIsRepeatedUnderTheSameKey(t *testing.T) {
	tab, h := tab(t, breaks, says(503, `{"code":"UNAVAILABLE"}`), says(409, `{"code":"CONTENDED"}`), says(200, `{}`))
	require.NoError(t, tab.Command(t.Context(), "POST", "/orders", "key", map[string]int{"n": 1}))
	require.Len(t, h.asked, 4)
	for i, r := range h.asked {
		require.Equal(t, "key", r.Header.Get("Idempotency-Key"))
		require.JSONEq(t, `{"n":1}`, h.bodies[i])
	}
}

func TestARefusalIsAnAnswer(t *testing.T) {
	tab, h := tab(t, says(409, `{"code":"ITEM_SOLD_OUT","detail":"it is gone"}`))
	err := tab.Command(t.Context(), "POST", "/orders", "key", nil)
	require.Equal(t, "ITEM_SOLD_OUT", api.Code(err))
	require.ErrorContains(t, err, "it is gone")
	require.Len(t, h.asked, 1)
}

func TestARefusedTokenIsRenewedOnce(t *testing.T) {
	tab, h := tab(t, says(200, `{}`), says(401, `{"code":"UNAUTHENTICATED"}`), says(200, `{}`), says(401, `{"code":"UNAUTHENTICATED"}`))
	var out struct{}
	_, err := tab.Read(t.Context(), "/a", &out)
	require.NoError(t, err)
	_, err = tab.Read(t.Context(), "/b", &out)
	require.NoError(t, err)
	_, err = tab.Read(t.Context(), "/c", &out)
	require.Equal(t, "UNAUTHENTICATED", api.Code(err))
	var tokens []string
	for _, r := range h.asked {
		tokens = append(tokens, r.Header.Get("Authorization"))
	}
	require.Equal(t, []string{"Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-3"}, tokens)
}

func TestATabPresentsWhatItHasSeen(t *testing.T) {
	tab, h := tab(t,
		says(200, `{}`, "Tiffin-Position", "p1"),
		says(200, "id: s1\nevent: document\ndata: {}\n\nid: s2\nevent: document\ndata: {}\n\n"),
		says(200, `{}`, "Tiffin-Position", "p2"),
		says(200, `{}`, "Tiffin-Stale", "true"))
	require.NoError(t, tab.Command(t.Context(), "POST", "/orders", "key", nil))
	seen := 0
	require.NoError(t, tab.Watch(t.Context(), "/orders/1:watch", func(api.Event) bool { seen++; return seen < 2 }))
	var out struct{}
	stale, err := tab.Read(t.Context(), "/orders/1", &out)
	require.NoError(t, err)
	require.False(t, stale)
	stale, err = tab.Read(t.Context(), "/orders/1", &out)
	require.NoError(t, err)
	require.True(t, stale)
	var presented []string
	for _, r := range h.asked {
		presented = append(presented, r.Header.Get("Tiffin-Position"))
	}
	require.Equal(t, []string{"", "p1", "p1,s2", "p2"}, presented)
}

func TestAStreamGoesOnWhereItBroke(t *testing.T) {
	tab, h := tab(t,
		says(200, "id: s1\nevent: document\ndata: {\"n\":1}\n\nid: s1\nevent: heartbeat\ndata: {}\n\n"),
		breaks,
		says(404, `{"code":"ORDER_NOT_FOUND"}`),
		says(200, "id: s2\nevent: stale\ndata: {\"n\":2}\n\nid: s3\nevent: document\ndata: {\"n\":3}\n\n"))
	var seen []string
	require.NoError(t, tab.Watch(t.Context(), "/orders/1:watch", func(e api.Event) bool {
		seen = append(seen, fmt.Sprintf("%s %v", e.Data, e.Stale))
		return len(seen) < 3
	}))
	require.Equal(t, []string{`{"n":1} false`, `{"n":2} true`, `{"n":3} false`}, seen)
	require.Equal(t, "s1", h.asked[3].Header.Get("Last-Event-ID"))
}

func TestNobodyWatchesWhatIsSomebodyElses(t *testing.T) {
	tab, _ := tab(t, says(403, `{"code":"FORBIDDEN"}`))
	require.Equal(t, "FORBIDDEN", api.Code(tab.Watch(t.Context(), "/x:watch", func(api.Event) bool { return true })))
}

func TestTheSimulationSaysThatItIsOne(t *testing.T) {
	h := &house{answers: []http.HandlerFunc{
		says(200, `{"personas":[{"persona_id":"chef","roles":["restaurant"],"restaurant_id":"r","taken":true}]}`),
		says(200, `{"access_token":"signed"}`), says(200, `{}`),
	}}
	server := httptest.NewServer(h)
	defer server.Close()
	client := api.New(server.URL)
	defer client.Close()
	personas, err := client.Personas(t.Context())
	require.NoError(t, err)
	require.Equal(t, []api.Persona{{ID: "chef", Roles: []string{"restaurant"}, RestaurantID: "r", Taken: true}}, personas)
	require.True(t, personas[0].Is("restaurant"))
	require.NoError(t, client.Person(personas[0], nil).Open().Command(t.Context(), "POST", "/x", "key", nil))
	require.Equal(t, "/auth/personas/chef:token", h.asked[1].URL.Path)
	require.JSONEq(t, `{"simulation":true}`, h.bodies[1])
	require.Equal(t, "Bearer signed", h.asked[2].Header.Get("Authorization"))
}
