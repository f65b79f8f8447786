package rest

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/identity"
)

// The list of keys is bounded: the one that was used longest ago is forgotten, and only that one.
func TestTheOldestKeyIsForgotten(t *testing.T) {
	nobody := func(context.Context, string) (identity.Caller, error) { return identity.Caller{}, errors.New("nobody") }
	k, err := newKeys(nobody, 2)
	require.NoError(t, err)
	web := httptest.NewServer(positions(commands(k, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
	}))))
	t.Cleanup(web.Close)
	post := func(key, body string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, web.URL, strings.NewReader(body))
		require.NoError(t, err)
		r.Header.Set(idempotencyKey, key)
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		return answer.StatusCode
	}
	require.Equal(t, 200, post("k1", "a"))
	require.Equal(t, 200, post("k2", "a"))
	require.Equal(t, 200, post("k1", "a"), "a repeat keeps it")
	require.Equal(t, 200, post("k3", "a"))
	require.Equal(t, 422, post("k1", "b"))
	require.Equal(t, 422, post("k3", "b"))
	require.Equal(t, 200, post("k2", "b"))
}
