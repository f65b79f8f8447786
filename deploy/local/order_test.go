package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/platform/run"
	"tiffin/platform/run/runtest"
)

// webDir has pages that are only just pages.
func webDir(t *testing.T) string {
	t.Helper()
	web := t.TempDir()
	for _, name := range []string{"vendor", "kit", "shell"} {
		dir := filepath.Join(web, name, "dist")
		require.NoError(t, os.MkdirAll(dir, 0o750))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "mfe.json"), []byte(`{"name":"`+name+`","loader":"/mfe/shell/l-11111111.js"}`), 0o600))
	}
	return web
}

// started starts everything in this process, and returns where.
func started(t *testing.T, environ ...string) string {
	t.Helper()
	s, err := run.Parse[settings](append([]string{
		"TIFFIN_HTTP_ADDR=" + runtest.FreeAddr(t), "TIFFIN_GRPC_ADDR=" + runtest.FreeAddr(t), "TIFFIN_DATA_DIR=" + t.TempDir(), "TIFFIN_WEB_DIR=" + webDir(t),
		"TIFFIN_SANDBOX_ADDR=127.0.0.1:0", "TIFFIN_SIM=off",
	}, environ...))
	require.NoError(t, err)
	g := run.NewGroup(t.Context(), run.StopWithin)
	if err := start(g, s); err != nil {
		t.Fatal(g.Stop(err))
	}
	t.Cleanup(func() { require.NoError(t, g.Stop(nil)) })
	return "http://" + s.HTTPAddr
}

func call(t *testing.T, method, url, token string, body, into any) *http.Response {
	t.Helper()
	data, err := json.Marshal(body)
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(data))
	require.NoError(t, err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	if into != nil {
		require.NoError(t, json.NewDecoder(resp.Body).Decode(into))
	}
	return resp
}

// signedIn waits until the system is ready, and returns the token of one of its customers.
func signedIn(t *testing.T, url string) string {
	t.Helper()
	require.Eventually(t, func() bool {
		return call(t, http.MethodGet, url+"/readyz", "", nil, nil).StatusCode == http.StatusOK
	}, time.Minute, 20*time.Millisecond)
	var people struct {
		Personas []struct {
			PersonaID string `json:"persona_id"`
		} `json:"personas"`
	}
	require.Eventually(t, func() bool {
		return call(t, http.MethodGet, url+"/auth/personas", "", nil, &people).StatusCode == http.StatusOK && len(people.Personas) > 0
	}, time.Minute, 20*time.Millisecond)
	var signed struct {
		AccessToken string `json:"access_token"`
	}
	call(t, http.MethodPost, url+"/auth/personas/"+people.Personas[0].PersonaID+":token", "", nil, &signed)
	return signed.AccessToken
}

// placed places an order, and returns its id.
func placed(t *testing.T, url, token string) string {
	t.Helper()
	answer := map[string]any{}
	require.Eventually(t, func() bool { return order(t, url, token, answer) }, time.Minute, 50*time.Millisecond)
	id, _ := answer["order_id"].(string)
	require.NotEmpty(t, id)
	return id
}

// order places an order at any restaurant that is open; false while the city is not there yet.
func order(t *testing.T, url, token string, answer map[string]any) bool {
	t.Helper()
	body, found := basket(t, url, token)
	return found && call(t, http.MethodPost, url+"/api/customer/v1/orders", token, body, &answer).StatusCode == http.StatusOK
}

// basket is what a restaurant that is open would take an order of; false while the city is not there yet.
func basket(t *testing.T, url, token string) (body map[string]any, found bool) {
	t.Helper()
	type money struct {
		CurrencyCode string `json:"currency_code"`
		MinorUnits   string `json:"minor_units"`
	}
	var city struct {
		Restaurants []struct {
			RestaurantID string `json:"restaurant_id"`
			Location     struct{ Latitude, Longitude float64 }
		}
	}
	call(t, http.MethodGet, url+"/api/customer/v1/restaurants?open_only=true", "", nil, &city)
	for _, r := range city.Restaurants {
		var menu struct {
			Sections []struct {
				Items []struct {
					Item struct {
						ItemID string `json:"item_id"`
					}
				}
			}
		}
		call(t, http.MethodGet, url+"/api/customer/v1/restaurants/"+r.RestaurantID, "", nil, &menu)
		for _, section := range menu.Sections {
			for _, i := range section.Items {
				body := map[string]any{
					"order_id": ulid.MustNew(ulid.Now(), rand.Reader).String(), "restaurant_id": r.RestaurantID,
					"items":            []any{map[string]any{"item_id": i.Item.ItemID, "quantity": 9}},
					"delivery_address": map[string]any{"line": "Torstr. 1", "latitude": r.Location.Latitude, "longitude": r.Location.Longitude},
					"expected_total":   money{"EUR", "1"},
				}
				// The refusal says what it costs; a refusal for another reason doesn't.
				var refusal struct{ Meta map[string]string }
				call(t, http.MethodPost, url+"/api/customer/v1/orders", token, body, &refusal)
				if total := refusal.Meta["total"]; total != "" {
					body["expected_total"] = money{"EUR", total}
					return body, true
				}
			}
		}
	}
	return nil, false
}
