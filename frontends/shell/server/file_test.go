package server

import (
	"encoding/json"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFiles(t *testing.T) {
	server := start(t, build(t, nil))
	for _, c := range []struct {
		path, contentType, cache string
		status                   int
	}{
		{"/mfe/customer/app-44444444.js", "text/javascript; charset=utf-8", "immutable", 200},
		{"/mfe/kit/dishes-5555555_/pizza.svg", "image/svg+xml", "immutable", 200},
		{"/mfe/kit/anek-66666666.woff2", "font/woff2", "immutable", 200},
		{"/mfe/kit/icons/check.svg", "image/svg+xml", "no-cache", 200},
		{"/mfe/customer/mfe.json", "application/json", "no-cache", 200},
		{"/sw.js", "text/javascript; charset=utf-8", "no-cache", 200},
		{"/mfe/customer/gone-99999999.js", "", "", 404},
		{"/mfe/customer/notes.md", "", "", 404},
		{"/mfe/customer/app-44444444.js.br", "", "", 404},
		{"/mfe/customer/", "", "", 404},
		{"/mfe/", "", "", 404},
		{"/mfe/kit/icons", "", "", 404},
		{"/mfe/customer/%2e%2e/package.json", "", "", 404},
		{"/mfe/%2e%2e/etc-11111111/passwd.txt", "", "", 404},
		{"/other.js", "", "", 404},
		{"/api/customer/v1/nope", "", "", 404},
		{"/auth", "", "", 404},
	} {
		response, body := get(t, server.URL+c.path)
		assert.Equal(t, c.status, response.StatusCode, c.path)
		if c.status != 200 {
			assert.NotContains(t, body, "tiffin-bar", "%s: what is no page gets no page", c.path)
			assert.NotContains(t, body, "secret", c.path)
			continue
		}
		assert.Equal(t, c.contentType, response.Header.Get("Content-Type"), c.path)
		assert.Contains(t, response.Header.Get("Cache-Control"), c.cache, c.path)
		assert.NotEmpty(t, response.Header.Get("ETag"), c.path)
		assert.Equal(t, "nosniff", response.Header.Get("X-Content-Type-Options"), c.path)
	}
}

func TestPrecompressed(t *testing.T) {
	server := start(t, build(t, nil))
	for accepted, want := range map[string][2]string{
		"gzip, deflate, br":  {"br", "brotli"},
		"gzip":               {"gzip", "gzip"},
		"br;q=0, gzip;q=0.5": {"gzip", "gzip"},
		"br;q=0.0":           {"", "export {}"},
		"identity":           {"", "export {}"},
		"x-br, BR ; q=1":     {"br", "brotli"},
	} {
		response, body := get(t, server.URL+"/mfe/customer/app-44444444.js", "Accept-Encoding", accepted)
		assert.Equal(t, want, [2]string{response.Header.Get("Content-Encoding"), body}, accepted)
		assert.Equal(t, "Accept-Encoding", response.Header.Get("Vary"))
		assert.Equal(t, "text/javascript; charset=utf-8", response.Header.Get("Content-Type"))
	}
}

// A service worker's fetches are governed by the policy of the answer that it came with.
func TestServiceWorkerMayFetch(t *testing.T) {
	response, _ := get(t, start(t, build(t, nil)).URL+"/sw.js")
	assert.Contains(t, response.Header.Get("Content-Security-Policy"), "connect-src 'self'")
}

func TestConditional(t *testing.T) {
	server := start(t, build(t, nil))
	url := server.URL + "/mfe/customer/app-44444444.js"
	plain, _ := get(t, url)
	packed, _ := get(t, url, "Accept-Encoding", "br")
	assert.NotEqual(t, plain.Header.Get("ETag"), packed.Header.Get("ETag"), "each form has a tag of its own")
	again, body := get(t, url, "Accept-Encoding", "br", "If-None-Match", packed.Header.Get("ETag"))
	assert.Equal(t, http.StatusNotModified, again.StatusCode)
	assert.Empty(t, body)
	ranged, body := get(t, url, "Accept-Encoding", "br", "Range", "bytes=0-1")
	assert.Equal(t, []any{200, "brotli"}, []any{ranged.StatusCode, body}, "no ranges of compressed bytes")
}

func TestMethods(t *testing.T) {
	server := start(t, build(t, nil))
	response, err := http.Post(server.URL+"/", "text/plain", nil)
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, http.StatusMethodNotAllowed, response.StatusCode)
	assert.Equal(t, "GET, HEAD", response.Header.Get("Allow"))
	response, err = http.Head(server.URL + "/")
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, http.StatusOK, response.StatusCode)
}

// The kit's router and this server must agree on what a route is: they share one table.
func TestRoutes(t *testing.T) {
	source, err := os.ReadFile("../../kit/test/routes.json")
	require.NoError(t, err)
	var table []struct {
		Pattern, Path string
		Params        map[string]string
	}
	require.NoError(t, json.Unmarshal(source, &table))
	require.NotEmpty(t, table)
	for _, row := range table {
		assert.Equal(t, row.Params != nil, matches(row.Pattern, row.Path), "%s and %s", row.Pattern, row.Path)
	}
}
