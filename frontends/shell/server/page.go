package server

import (
	"bytes"
	"crypto/rand"
	_ "embed" // the page is part of the program: it holds nothing that a build changes
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
)

//go:embed page.html
var pageSource string

var pageTemplate = template.Must(template.New("page.html").Parse(pageSource))

type linked struct {
	URL       string
	Integrity string
}

type pageData struct {
	Nonce     string
	CSS       []linked
	Fonts     []string
	Preload   []linked
	Loader    linked
	ImportMap template.HTML // html/template takes an import map for text, and the apps' JSON for a script
	Apps      template.JS
	Settings  template.JS
}

func (s *site) servePage(w http.ResponseWriter, r *http.Request, o Options) error {
	nonce := rand.Text()
	importMap, err := inline(map[string]any{"imports": s.imports, "integrity": s.integrity})
	if err != nil {
		return fmt.Errorf("import map: %w", err)
	}
	apps, err := inline(s.apps)
	if err != nil {
		return fmt.Errorf("apps: %w", err)
	}
	settings, err := inline(o.Settings)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	preload, status := s.preload, http.StatusNotFound
	if app, ok := s.appAt(r.URL.Path); ok {
		status = http.StatusOK
		preload = append(preload[:len(preload):len(preload)], app.Module)
	}
	var body bytes.Buffer
	if err := pageTemplate.Execute(&body, pageData{
		Nonce: nonce, ImportMap: template.HTML(importMap), Apps: template.JS(apps), //nolint:gosec // see inline
		Settings: template.JS(settings), //nolint:gosec // see inline
		Fonts:    s.fonts,
		CSS:      s.linked(s.css), Preload: s.linked(preload), Loader: s.linked([]string{s.loader})[0],
	}); err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", policy(nonce, o.Connect))
	header.Set("Cache-Control", "no-cache")
	header.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status) // the page explains a 404 itself
	if r.Method == http.MethodHead {
		return nil
	}
	_, _ = body.WriteTo(w) // the client is gone: there is nobody left to tell
	return nil
}

func (s *site) linked(urls []string) []linked {
	out := make([]linked, 0, len(urls))
	for _, url := range urls {
		out = append(out, linked{URL: url, Integrity: s.integrity[url]})
	}
	return out
}

// inline writes JSON that can't end the script element that it stands in: encoding/json escapes <, > and &.
func inline(value any) (string, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	return string(body), nil
}
