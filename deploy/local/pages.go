package main

import (
	"net/http"
	"os"

	"tiffin/frontends/shell/server"
	"tiffin/platform/identity"
	"tiffin/platform/run"
	"tiffin/platform/telemetry"
)

// handler is everything on the HTTP address.
func handler(
	s settings, seen *telemetry.Telemetry, issuer *identity.Issuer, customer *bff, personas func() []identity.Persona,
) (http.Handler, error) {
	pages, err := server.Handler(os.DirFS(s.WebDir))
	if err != nil {
		return nil, err
	}
	health := run.Health(customer.status)
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("/api/customer/v1/", customer.rest)
	mux.Handle("/auth/", identity.Handler(issuer, personas))
	mux.Handle("/metrics", seen.Metrics)
	mux.Handle("/healthz", health)
	mux.Handle("/readyz", health)
	return mux, nil
}
