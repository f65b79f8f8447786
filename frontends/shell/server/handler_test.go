package server

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// build writes a folder as npm would have built it.
func build(t *testing.T, over map[string]string) string {
	t.Helper()
	files := map[string]string{
		"vendor/dist/mfe.json":                     `{"name":"vendor","imports":{"lit":"/mfe/vendor/lit-11111111.js"},"integrity":{"/mfe/vendor/lit-11111111.js":"sha384-lit"},"preload":["/mfe/vendor/lit-11111111.js"]}`,
		"kit/dist/mfe.json":                        `{"name":"kit","imports":{"@tiffin/kit":"/mfe/kit/kit-22222222.js"},"integrity":{},"css":["/mfe/kit/page-22222222.css"],"fonts":["/mfe/kit/f-22222222.woff2"]}`,
		"shell/dist/mfe.json":                      `{"name":"shell","integrity":{"/mfe/shell/loader-33333333.js":"sha384-a+b/c="},"css":["/mfe/shell/shell-33333333.css"],"loader":"/mfe/shell/loader-33333333.js","roots":{"/sw.js":"sw.js"}}`,
		"shell/dist/sw.js":                         "self.onfetch = null",
		"customer/dist/mfe.json":                   `{"name":"customer","app":{"module":"/mfe/customer/app-44444444.js","element":"tiffin-customer","title":"Order </script> food","routes":["/","/orders/:order_id"]}}`,
		"customer/dist/app-44444444.js":            "export {}",
		"customer/dist/app-44444444.js.br":         "brotli",
		"customer/dist/app-44444444.js.gz":         "gzip",
		"kit/dist/icons/check.svg":                 "<svg></svg>",
		"kit/dist/dishes-5555555_/pizza.svg":       "<svg>pizza</svg>",
		"kit/dist/anek-66666666.woff2":             "font",
		"customer/package.json":                    `{"secret":"not for the web"}`,
		"customer/dist/notes.md":                   "not for the web",
		"node_modules/left/dist/left-77777777.txt": "never a micro frontend",
	}
	for name, body := range over {
		files[name] = body
	}
	dir := t.TempDir()
	for name, body := range files {
		if body == "" {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(body), 0o644))
	}
	return dir
}

// site starts a real server for a folder.
func start(t *testing.T, dir string) *httptest.Server {
	t.Helper()
	return startWith(t, dir, Options{})
}

func startWith(t *testing.T, dir string, o Options) *httptest.Server {
	t.Helper()
	handler, err := Handler(os.DirFS(dir), o)
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

func get(t *testing.T, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	require.NoError(t, err)
	request.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(body)
}

func TestPage(t *testing.T) {
	server := start(t, build(t, nil))
	for path, status := range map[string]int{"/": 200, "/orders/01H": 200, "/orders": 404, "/no/such/page": 404} {
		response, body := get(t, server.URL+path)
		assert.Equal(t, status, response.StatusCode, path)
		assert.Equal(t, "text/html; charset=utf-8", response.Header.Get("Content-Type"), path)
		assert.Contains(t, body, "<tiffin-bar>", "%s: a page explains itself, whatever its status", path)
	}
}

func TestPageSaysWhatManifestsSay(t *testing.T) {
	server := start(t, build(t, nil))
	_, body := get(t, server.URL+"/")

	var importMap struct{ Imports, Integrity map[string]string }
	require.NoError(t, json.Unmarshal([]byte(script(t, body, `type="importmap" nonce="\w+"`)), &importMap))
	assert.Equal(t, map[string]string{"lit": "/mfe/vendor/lit-11111111.js", "@tiffin/kit": "/mfe/kit/kit-22222222.js"}, importMap.Imports)
	assert.Equal(t, "sha384-lit", importMap.Integrity["/mfe/vendor/lit-11111111.js"])

	var apps []map[string]any
	require.NoError(t, json.Unmarshal([]byte(script(t, body, `type="application/json" id="tiffin-apps"`)), &apps))
	require.Len(t, apps, 1)
	assert.Equal(t, "customer", apps[0]["name"])
	assert.Equal(t, "Order </script> food", apps[0]["title"], "what a manifest says can't end the script that carries it")

	assert.Contains(t, body, `src="/mfe/shell/loader-33333333.js" integrity="sha384-a&#43;b/c="`)
	assert.Contains(t, body, `<link rel="modulepreload" href="/mfe/customer/app-44444444.js">`, "the app of this address is fetched at once")
	assert.Less(t, strings.Index(body, "/mfe/kit/page-"), strings.Index(body, "/mfe/shell/shell-"), "the kit's styles come before the shell's")
	assert.Less(t, strings.Index(body, "importmap"), strings.Index(body, "modulepreload"), "an import map must come before any module")
	_, elsewhere := get(t, server.URL+"/nowhere")
	assert.NotContains(t, elsewhere, `href="/mfe/customer/app-44444444.js"`)
}

func TestPolicy(t *testing.T) {
	server := start(t, build(t, nil))
	first, body := get(t, server.URL+"/")
	second, _ := get(t, server.URL+"/")
	policy := first.Header.Get("Content-Security-Policy")
	nonce := regexp.MustCompile(`'nonce-(\w{20,})'`).FindStringSubmatch(policy)
	require.Len(t, nonce, 2, policy)
	assert.NotEqual(t, policy, second.Header.Get("Content-Security-Policy"), "a nonce is used once")
	assert.NotContains(t, policy, "unsafe")
	inline := regexp.MustCompile(`<script(?: type="importmap")? nonce="(\w+)"`).FindAllStringSubmatch(body, -1)
	require.Len(t, inline, 2)
	for _, found := range append(inline, regexp.MustCompile(`type="module" nonce="(\w+)"`).FindStringSubmatch(body)) {
		assert.Equal(t, nonce[1], found[1])
	}
	assert.NotContains(t, body, "style=")
	assert.Equal(t, "no-cache", first.Header.Get("Cache-Control"))
	for _, header := range []string{"X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"} {
		assert.NotEmpty(t, first.Header.Get(header), header)
	}
}

func TestPageSaysWhatItsDeploymentSays(t *testing.T) {
	server := startWith(t, build(t, nil), Options{
		Connect: []string{"http://127.0.0.1:9095"}, Settings: map[string]any{"card_processor": map[string]any{"url": "http://127.0.0.1:9095"}},
	})
	response, body := get(t, server.URL+"/")
	assert.Contains(t, response.Header.Get("Content-Security-Policy"), "connect-src 'self' http://127.0.0.1:9095;")
	assert.JSONEq(t, `{"card_processor":{"url":"http://127.0.0.1:9095"}}`, script(t, body, `type="application/json" id="tiffin-settings"`))
	plain, _ := get(t, start(t, build(t, nil)).URL+"/")
	assert.Contains(t, plain.Header.Get("Content-Security-Policy"), "connect-src 'self';")
}

func TestWhatPagesMayTalkToIsAnOrigin(t *testing.T) {
	files := os.DirFS(build(t, nil))
	for _, origin := range []string{"*", "'unsafe-inline'", "https://a.example/path", "https://a.example; script-src *", "a.example", "data:"} {
		_, err := Handler(files, Options{Connect: []string{origin}})
		require.ErrorContains(t, err, origin)
	}
}

func TestMissingBuilds(t *testing.T) {
	for _, name := range required {
		_, err := Handler(os.DirFS(build(t, map[string]string{name + "/dist/mfe.json": ""})), Options{})
		require.ErrorContains(t, err, name+"/dist/mfe.json")
		require.ErrorContains(t, err, "npm run build", "the error says what to do")
	}
	for name, manifest := range map[string]string{
		"no JSON":                `{`,
		"somebody else's name":   `{"name":"other"}`,
		"no loader":              `{"name":"shell"}`,
		"an app without a route": `{"name":"shell","loader":"/x.js","app":{"module":"/x.js"}}`,
		"a taken specifier":      `{"name":"shell","loader":"/x.js","imports":{"lit":"/y.js"}}`,
	} {
		_, err := Handler(os.DirFS(build(t, map[string]string{"shell/dist/mfe.json": manifest})), Options{})
		assert.ErrorContains(t, err, "npm run build", name)
	}
}

func TestBuildThatVanishesOrChanges(t *testing.T) {
	dir := build(t, nil)
	server := start(t, dir)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "customer/dist/mfe.json"), []byte(`{"name":"customer","app":{"module":"/m.js","element":"e-e","routes":["/new"]}}`), 0o644))
	response, _ := get(t, server.URL+"/new")
	assert.Equal(t, 200, response.StatusCode, "a rebuild shows at once")
	require.NoError(t, os.Remove(filepath.Join(dir, "kit/dist/mfe.json")))
	response, body := get(t, server.URL+"/")
	assert.Equal(t, 503, response.StatusCode)
	assert.Contains(t, body, HowToBuild)
}

func script(t *testing.T, body, attributes string) string {
	t.Helper()
	found := regexp.MustCompile(`(?s)<script ` + attributes + `>(.*?)</script>`).FindStringSubmatch(body)
	require.Len(t, found, 2, attributes)
	return found[1]
}
