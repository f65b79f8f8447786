package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"
)

// hashed are names that change with their content: of the file, or of the folder that it lies in.
var hashed = regexp.MustCompile(`-[\w-]{8}(\.\w+|/[^/]+)$`)

// The types are listed rather than looked up: the look-up differs from machine to machine.
var types = map[string]string{
	".js":          "text/javascript; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".json":        "application/json",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
	".txt":         "text/plain; charset=utf-8",
}

func (h *handler) serveFile(w http.ResponseWriter, r *http.Request, name string, ok bool) {
	contentType, known := types[path.Ext(name)]
	if !ok || !known {
		http.NotFound(w, r)
		return
	}
	body, encoding, err := h.open(name, r.Header.Get("Accept-Encoding"))
	if err != nil {
		http.NotFound(w, r) // a folder, or nothing
		return
	}
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Cache-Control", "no-cache")
	if hashed.MatchString(name) {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	header.Add("Vary", "Accept-Encoding")
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
		r.Header.Del("Range") // a range of the compressed bytes is of no use to anybody
	}
	sum := sha256.Sum256(body)
	header.Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// open reads the smallest form of a file that the client takes; the builds lie beside it.
func (h *handler) open(name, accepted string) (body []byte, encoding string, err error) {
	for _, form := range []struct{ encoding, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(accepted, form.encoding) {
			continue
		}
		if body, err := fs.ReadFile(h.files, name+form.ext); err == nil {
			return body, form.encoding, nil
		}
	}
	body, err = fs.ReadFile(h.files, name)
	return body, "", err
}

// accepts tells whether an Accept-Encoding header names an encoding without refusing it. "*" counts as not naming it:
// nobody who can read brotli leaves it at that.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(strings.TrimSpace(parameters), " ", ""), "q=")
		return !found || strings.Trim(q, "0.") != ""
	}
	return false
}
