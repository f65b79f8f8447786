package processes

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// customer is who calls the BFF.
type customer struct{ url, token string }

// answer is what the BFF says.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

func (c customer) call(t *testing.T, method, path, position string, body any) answer {
	t.Helper()
	data, err := json.Marshal(body)
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), method, c.url+path, bytes.NewReader(data))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+c.token)
	if position != "" {
		r.Header.Set("Tiffin-Position", position)
	}
	var got answer
	require.Eventually(t, func() bool { // until the BFF listens
		resp, err := http.DefaultClient.Do(r.Clone(t.Context()))
		if err != nil {
			r.Body, _ = r.GetBody()
			return false
		}
		defer func() { _ = resp.Body.Close() }()
		got = answer{status: resp.StatusCode, header: resp.Header}
		return json.NewDecoder(resp.Body).Decode(&got.body) == nil
	}, patience, 20*time.Millisecond)
	return got
}

// reads waits until the answer has something in the field.
func (c customer) reads(t *testing.T, path, field string) {
	t.Helper()
	require.Eventually(t, func() bool {
		got := c.call(t, http.MethodGet, path, "", nil)
		list, _ := got.body[field].([]any)
		return got.status == http.StatusOK && len(list) > 0
	}, patience, 20*time.Millisecond, path)
}

// order is of two dals: 20.00, and 1.50 for delivery.
func (c *cell) order() map[string]any {
	return map[string]any{
		"order_id": newID(), "restaurant_id": c.place, "items": []any{map[string]any{"item_id": c.item, "quantity": 2}},
		"delivery_address": map[string]any{"line": "Torstr. 1", "latitude": 52.53, "longitude": 13.4},
		"expected_total":   map[string]any{"currency_code": "EUR", "minor_units": "2150"},
	}
}

// placed places an order, which ordering takes as soon as it has read the menu, and reads it back. It returns its id.
func (c *cell) placed(t *testing.T) string {
	t.Helper()
	body := c.order()
	var at string
	require.Eventually(t, func() bool {
		got := c.customer.call(t, http.MethodPost, "/orders", "", body)
		at = got.header.Get("Tiffin-Position")
		if got.status != http.StatusOK {
			t.Log(got.body)
		}
		return got.status == http.StatusOK
	}, patience, 100*time.Millisecond)
	require.NotEmpty(t, at)
	id, _ := body["order_id"].(string)
	got := c.customer.call(t, http.MethodGet, "/orders/"+id, at, nil)
	require.Equal(t, http.StatusOK, got.status, got.body)
	require.Empty(t, got.header.Get("Tiffin-Stale"))
	require.Equal(t, "PLACED", got.body["status"])
	require.Equal(t, map[string]any{"currency_code": "EUR", "minor_units": "2150"}, got.body["total"])
	return id
}
