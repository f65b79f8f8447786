package main

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/run/runtest"
)

// does has the person do something, which must be accepted.
func (p person) does(t *testing.T, path string, body map[string]any) {
	t.Helper()
	require.Equal(t, http.StatusOK, call(t, http.MethodPost, p.url+path, p.token, body, nil).StatusCode, path)
}

// reads returns what the person is shown, as it stands.
func (p person) reads(t *testing.T, path string) string {
	t.Helper()
	var body json.RawMessage
	require.Equal(t, http.StatusOK, call(t, http.MethodGet, p.url+path, p.token, nil, &body).StatusCode, path)
	return string(body)
}

// sees waits until the person is shown that.
func (p person) sees(t *testing.T, path, what string) {
	t.Helper()
	require.Eventually(t, func() bool {
		var body json.RawMessage
		call(t, http.MethodGet, p.url+path, p.token, nil, &body)
		return strings.Contains(string(body), what)
	}, patience, 20*time.Millisecond, "%s shows no %s", path, what)
}

// crew are who cooks an order and who brings it.
type crew struct{ owner, courier person }

// cooks has the restaurant cook the order and the courier take it.
func (c crew) cooks(t *testing.T, id string) {
	t.Helper()
	c.owner.sees(t, c.tickets(), id)
	require.Contains(t, c.owner.reads(t, c.tickets()), plantedNote)
	c.owner.does(t, "/tickets/"+id+":accept", map[string]any{"ready_in": "600s"})
	c.owner.does(t, "/tickets/"+id+":start", map[string]any{})
	c.courier.sees(t, c.offers(), id)
	var list struct {
		Offers []struct {
			OfferID string `json:"offer_id"`
		}
	}
	require.NoError(t, json.Unmarshal([]byte(c.courier.reads(t, c.offers())), &list))
	c.courier.does(t, "/deliveries/"+id+":accept", map[string]any{"offer_id": list.Offers[0].OfferID})
	c.courier.sees(t, "/couriers/"+c.courier.of, plantedLine)
}

func (c crew) tickets() string { return "/restaurants/" + c.owner.of + "/tickets" }
func (c crew) offers() string  { return "/couriers/" + c.courier.of + "/offers" }

// shown is everything that restaurant and courier are shown.
func (c crew) shown(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, path := range []string{"", "/tickets", "/sales"} {
		out["restaurant"+path] = c.owner.reads(t, "/restaurants/"+c.owner.of+path)
	}
	for _, path := range []string{"", "/offers", "/deliveries", "/earnings"} {
		out["courier"+path] = c.courier.reads(t, "/couriers/"+c.courier.of+path)
	}
	return out
}

// Somebody leaves of whom one order was brought, and one is being cooked and waited for by a courier.
func TestWhoCookedAndWhoBroughtItAreShownNothingOfWhoIsErased(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	settings := around(t, "TIFFIN_DATA_DIR="+dir)
	p := runtest.Start(t, "local", settings...)
	url := ready(t, p)
	amira := people(t, url, "customer", 1)[0]
	var body map[string]any
	require.Eventually(t, func() (ok bool) { body, ok = basket(t, url, amira.token); return ok }, time.Minute, 50*time.Millisecond)
	body["delivery_address"].(map[string]any)["line"] = plantedLine //nolint:forcetypeassert // basket made it
	body["items"].([]any)[0].(map[string]any)["note"] = plantedNote //nolint:forcetypeassert // basket made it
	owners := people(t, url, "restaurant", 1000)
	at := slices.IndexFunc(owners, func(o person) bool { return o.of == body["restaurant_id"] })
	c := crew{owner: owners[at], courier: people(t, url, "courier", 1)[0]}
	place := func() (id string) {
		t.Helper()
		order := maps.Clone(body)
		id = ulid.Make().String()
		order["order_id"] = id
		amira.does(t, "/orders", order)
		return id
	}
	where := maps.Clone(body["delivery_address"].(map[string]any)) //nolint:forcetypeassert // basket made it
	delete(where, "line")
	me := "/couriers/" + c.courier.of
	require.Equal(t, http.StatusOK, call(t, http.MethodPut, c.courier.url+me+"/location", c.courier.token, where, nil).StatusCode)
	c.courier.does(t, me+":startShift", map[string]any{})

	brought := place()
	c.cooks(t, brought)
	c.owner.does(t, "/tickets/"+brought+":ready", map[string]any{})
	c.courier.does(t, "/deliveries/"+brought+":pickUp", map[string]any{})
	c.courier.does(t, "/deliveries/"+brought+":deliver", map[string]any{})
	amira.sees(t, "/orders/"+brought, `"COMPLETED"`)
	cooked := place()
	c.cooks(t, cooked)
	amira.does(t, "/customers/"+amira.id+":erase", map[string]any{})
	require.Eventually(t, func() bool { return amira.self(t).Status == "ERASED" }, time.Minute, 20*time.Millisecond)

	forgotten := func() map[string]string {
		t.Helper()
		all := c.shown(t)
		require.Contains(t, all["restaurant/tickets"], brought)
		require.Contains(t, all["restaurant/tickets"], cooked)
		require.Contains(t, all["courier/deliveries"], brought)
		for what, said := range all {
			for _, personal := range []string{plantedLine, plantedNote, "Amira", "Haddad"} {
				require.NotContains(t, said, personal, what)
			}
		}
		return all
	}
	before := forgotten()
	require.Zero(t, p.Stop(t), p.Stderr.String())
	require.NoError(t, os.Remove(filepath.Join(dir, "views.snapshot")))
	p = runtest.Start(t, "local", settings...)
	ready(t, p)
	after := forgotten()
	require.JSONEq(t, before["restaurant/tickets"], after["restaurant/tickets"])
	require.JSONEq(t, before["courier/deliveries"], after["courier/deliveries"])
	require.Zero(t, p.Stop(t), p.Stderr.String())
}
