package server

import (
	"net/http"
	"strings"
)

// secure sets what every answer carries, files and errors included. The policy is for what is opened by itself: a picture
// runs nothing, and the service worker, which its own answer's policy governs, may fetch from here.
func secure(header http.Header) {
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=()")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; frame-ancestors 'none'")
}

// policy lets a page run only what this server serves, and the two inline scripts that carry the nonce. What it sends goes
// to this server, and to the origins that it is to talk to besides.
func policy(nonce string, connect []string) string {
	reached := strings.Join(append([]string{"'self'"}, connect...), " ")
	return "default-src 'self'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src " + reached + "; worker-src 'self'; manifest-src 'self'; " +
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}
