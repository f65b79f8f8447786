package host

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/platform/problem"
)

func TestAnAPIWhoseViewsHaveNotCaughtUpAsksForPatience(t *testing.T) {
	ready := false
	api := once(func() bool { return ready }, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	ask := func() *http.Response {
		w := httptest.NewRecorder()
		api.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/customer/v1/restaurants", nil))
		return w.Result()
	}
	early := ask()
	require.Equal(t, http.StatusServiceUnavailable, early.StatusCode)
	require.Equal(t, "1", early.Header.Get("Retry-After"))
	require.Equal(t, problem.ContentType, early.Header.Get("Content-Type"))
	ready = true
	require.Equal(t, http.StatusTeapot, ask().StatusCode)
	ready = false
	require.Equal(t, http.StatusTeapot, ask().StatusCode, "what was ready stays so")
}
