package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/platform/problem"
)

// FuzzRequests plays a customer's browser from strings. Whatever is asked, the answer is what was asked for, or a problem that
// says what is wrong with it: nothing is an error of ours.
func FuzzRequests(f *testing.F) {
	h := open(f)
	h.place(f, 1, ann)
	for _, r := range [][3]string{
		{http.MethodGet, "restaurants?latitude=52.5&longitude=13.4&query=dal&cuisine=indian&open_only=true&page_size=5", ""},
		{http.MethodGet, "restaurants/" + kitchen, ""},
		{http.MethodGet, "orders?page_size=1&page_token=eyJ4IjoxfQ", ""},
		{http.MethodGet, "orders/" + orderID(1), ""},
		{http.MethodPost, "orders/" + orderID(1) + ":cancel", `{"reason":"late"}`},
		{http.MethodPost, "orders", `{"order_id":"` + orderID(9) + `","restaurant_id":"` + kitchen + `","items":[{"item_id":"` + kitchen +
			`","quantity":2,"option_ids":["hot"],"note":"please"}],"delivery_address":{"line":"1 High St","latitude":52.5,"longitude":13.4},` +
			`"expected_total":{"currency_code":"EUR","minor_units":"1250"},"tip":{"currency_code":"EUR","minor_units":"50"},"payment_token":"tok"}`},
		{http.MethodPut, "profile", `{"name":"Ann","phone":"+49"}`},
		{http.MethodDelete, "profile/addresses/home", `{}`},
	} {
		f.Add(r[0], r[1], r[2], "key-1", "AAE")
	}
	origin, err := url.Parse(h.URL)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, method, path, body, key, position string) {
		if strings.Contains(path, "watch") {
			t.Skip("a stream does not end")
		}
		where, err := url.Parse(h.URL + path)
		if err != nil || where.Host != origin.Host {
			t.Skip("no address of ours")
		}
		r, err := http.NewRequestWithContext(t.Context(), method, where.String(), strings.NewReader(body))
		if err != nil {
			t.Skip("no request")
		}
		r.Header = http.Header{"Authorization": {"Bearer " + ann}, "Idempotency-Key": {key}, "Tiffin-Position": {position}}
		answer, err := (&http.Client{Timeout: time.Minute}).Do(r)
		if err != nil {
			t.Skip("what the client itself refuses")
		}
		defer func() { require.NoError(t, answer.Body.Close()) }()
		said, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.Less(t, answer.StatusCode, 500, "%s %q %q: %s", method, path, body, said)
		if answer.StatusCode < 400 || !strings.HasPrefix(where.Path, origin.Path) || method == http.MethodHead {
			return
		}
		require.Equal(t, problem.ContentType, answer.Header.Get("Content-Type"), "%s %q: %s", method, path, said)
		var document problem.Document
		require.NoError(t, json.Unmarshal(said, &document))
		require.Equal(t, answer.StatusCode, document.Status)
		require.NotEmpty(t, document.Code)
	})
}
