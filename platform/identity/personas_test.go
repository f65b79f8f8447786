package identity_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/identity"
)

var personas = []identity.Persona{
	{PersonaID: "ada", Name: "Ada", Roles: []string{"customer"}, Grants: ada.Grants},
	{PersonaID: "chef", Name: "Chef", Roles: []string{"restaurant"}, RestaurantID: "r1"},
}

func ask(t *testing.T, h http.Handler, method, path string, local net.IP) *httptest.ResponseRecorder {
	t.Helper()
	return say(t, h, method, path, "", local)
}

func say(t *testing.T, h http.Handler, method, path, body string, local net.IP) *httptest.ResponseRecorder {
	t.Helper()
	ctx := context.WithValue(t.Context(), http.LocalAddrContextKey, net.Addr(&net.TCPAddr{IP: local, Port: 8080}))
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body)))
	return answer
}

func TestPersonasAreListedWithoutTheirGrants(t *testing.T) {
	h := identity.Handler(issuerIn(t, t.TempDir(), newClock()), func() []identity.Persona { return personas })
	got := ask(t, h, "GET", "/auth/personas", net.IPv4(127, 0, 0, 1))
	require.Equal(t, http.StatusOK, got.Code)
	require.JSONEq(t, `{"personas":[
		{"persona_id":"ada","name":"Ada","roles":["customer"]},
		{"persona_id":"chef","name":"Chef","roles":["restaurant"],"restaurant_id":"r1"}]}`, got.Body.String())
}

func TestACityWithoutPeopleIsAnEmptyList(t *testing.T) {
	h := identity.Handler(issuerIn(t, t.TempDir(), newClock()), func() []identity.Persona { return nil })
	require.JSONEq(t, `{"personas":[]}`, ask(t, h, "GET", "/auth/personas", net.IPv6loopback).Body.String())
}

func TestAPersonaGetsAToken(t *testing.T) {
	issuer := issuerIn(t, t.TempDir(), newClock())
	h := identity.Handler(issuer, func() []identity.Persona { return personas })
	got := ask(t, h, "POST", "/auth/personas/ada:token", net.IPv6loopback)
	require.Equal(t, http.StatusOK, got.Code)
	require.Equal(t, "no-store", got.Header().Get("Cache-Control"))
	var body struct {
		AccessToken string `json:"access_token"`
	}
	require.NoError(t, json.Unmarshal(got.Body.Bytes(), &body))
	caller, err := issuer.Verify(t.Context(), body.AccessToken)
	require.NoError(t, err)
	require.Equal(t, "ada", caller.Subject)
	require.Equal(t, ada.Grants, caller.Grants)
}

func TestWhatIsNotThereIsAProblem(t *testing.T) {
	h := identity.Handler(issuerIn(t, t.TempDir(), newClock()), func() []identity.Persona { return personas })
	for _, path := range []string{"/auth/personas/eve:token", "/auth/personas/eve:here", "/auth/personas/ada", "/auth/personas/:token", "/auth/personas/ada:go"} {
		got := ask(t, h, "POST", path, net.IPv6loopback)
		require.Equal(t, http.StatusNotFound, got.Code, path)
		require.Equal(t, "application/problem+json", got.Header().Get("Content-Type"), path)
	}
	require.Equal(t, http.StatusMethodNotAllowed, ask(t, h, "GET", "/auth/personas/ada:token", net.IPv6loopback).Code)
}

// taken are the personas that the list shows as taken.
func taken(t *testing.T, h http.Handler) []string {
	t.Helper()
	var list struct{ Personas []identity.Persona }
	require.NoError(t, json.Unmarshal(ask(t, h, "GET", "/auth/personas", net.IPv6loopback).Body.Bytes(), &list))
	var out []string
	for _, p := range list.Personas {
		if p.Taken {
			out = append(out, p.PersonaID)
		}
	}
	return out
}

func TestAPersonaIsTakenWhileSomebodyIsThere(t *testing.T) {
	now := newClock()
	known := slices.Clone(personas)
	h := identity.Handler(issuerIn(t, t.TempDir(), now), func() []identity.Persona { return known })
	post := func(path, body string) {
		t.Helper()
		require.Equal(t, http.StatusOK, say(t, h, "POST", path, body, net.IPv6loopback).Code)
	}
	post("/auth/personas/ada:token", `{"simulation":true}`)
	require.Empty(t, taken(t, h), "a simulation takes nobody's place")
	post("/auth/personas/ada:token", "")
	require.Equal(t, []string{"ada"}, taken(t, h))
	post("/auth/personas/chef:here", "")
	require.Equal(t, []string{"ada", "chef"}, taken(t, h))
	now.pass(90 * time.Second)
	post("/auth/personas/chef:here", "")
	now.pass(90 * time.Second)
	require.Equal(t, []string{"chef"}, taken(t, h), "nothing was heard of ada")
	post("/auth/personas/chef:away", "")
	require.Empty(t, taken(t, h))
	require.Equal(t, personas, known, "the list is its owner's")
}

func TestOthersGetNothing(t *testing.T) {
	h := identity.Handler(issuerIn(t, t.TempDir(), newClock()), func() []identity.Persona { return personas })
	require.Equal(t, http.StatusForbidden, ask(t, h, "POST", "/auth/personas/ada:token", net.IPv4(192, 0, 2, 1)).Code)
	for addr, ok := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:8080": true, "[::1]:0": true, "127.9.9.9:1": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "192.0.2.1:8080": false, "example.org:80": false, "8080": false,
	} {
		require.Equal(t, ok, identity.RequireLoopback(addr) == nil, addr)
	}
}
