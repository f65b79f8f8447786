package rest

import "net/http"

// Watches reports whether the request asks for a live stream.
func Watches(r *http.Request) bool { return watches(r) }
