package main

import (
	"encoding/json"
	"net/http"
	"os"

	"tiffin/frontends/shell/server"
	"tiffin/platform/identity"
	"tiffin/platform/view"
)

// handler is everything on the HTTP address.
func handler(s settings, issuer *identity.Issuer, customer *bff, personas func() []identity.Persona) (http.Handler, error) {
	pages, err := server.Handler(os.DirFS(s.WebDir))
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("/api/customer/v1/", customer.rest)
	mux.Handle("/auth/", identity.Handler(issuer, personas))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", customer.readyz)
	return mux, nil
}

// readyz answers 503 until every view has caught up, with how far each has come.
func (b *bff) readyz(w http.ResponseWriter, _ *http.Request) {
	body := struct {
		Ready bool          `json:"ready"`
		Views []view.Status `json:"views"`
	}{Ready: b.ready()}
	for _, v := range b.views {
		body.Views = append(body.Views, v.Status())
	}
	w.Header().Set("Content-Type", "application/json")
	if !body.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(body) // the client is gone: there is nobody left to tell
}
