package server

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// handler serves the builds below files: <package>/dist/….
type handler struct {
	files fs.FS
	o     Options
}

// Handler serves the frontends below files, which holds each package's dist folder, as the repository's frontends folder
// does. An error says what has not been built, and how to. Builds that vanish later answer 503 with the same words.
func Handler(files fs.FS, o Options) (http.Handler, error) {
	if _, err := readSite(files); err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	return &handler{files: files, o: o}, nil
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if rest, ok := strings.CutPrefix(r.URL.Path, "/mfe/"); ok {
		name, file, _ := strings.Cut(rest, "/")
		// Checked before it is joined: joining would resolve a ".." that leads out of dist.
		h.serveFile(w, r, path.Join(name, "dist", file), file != "" && fs.ValidPath(rest))
		return
	}
	site, err := readSite(h.files)
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	if file, ok := site.roots[r.URL.Path]; ok {
		h.serveFile(w, r, file, true)
		return
	}
	if !isPage(r.URL.Path) {
		http.NotFound(w, r)
		return
	}
	if err := site.servePage(w, r, h.o); err != nil {
		http.Error(w, fmt.Sprintf("the page could not be made: %v", err), http.StatusInternalServerError)
	}
}

// isPage tells addresses of pages from those of files and of other handlers that happen not to be mounted: answering HTML
// to a script or an API call that went astray only hides the mistake.
func isPage(name string) bool {
	for _, other := range []string{"/api", "/auth"} {
		if name == other || strings.HasPrefix(name, other+"/") {
			return false
		}
	}
	return path.Ext(name) == ""
}
