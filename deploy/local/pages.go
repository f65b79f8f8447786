package main

import (
	"fmt"
	"net/http"
	"os"

	"tiffin/frontends/shell/server"
	"tiffin/platform/identity"
)

// mountPages adds what people's browsers need besides the APIs: the frontends, and signing in.
func mountPages(mux *http.ServeMux, s settings, issuer *identity.Issuer, personas func() []identity.Persona) error {
	pages, err := server.Handler(os.DirFS(s.WebDir))
	if err != nil {
		return fmt.Errorf("TIFFIN_WEB_DIR: %s: %w", s.WebDir, err)
	}
	mux.Handle("/", pages)
	mux.Handle("/auth/", identity.Handler(issuer, personas))
	return nil
}
