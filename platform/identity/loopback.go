package identity

import (
	"fmt"
	"net"
	"net/http"

	"tiffin/platform/problem"
)

// RequireLoopback refuses an address to listen on that others could reach: local identity gives tokens to anybody.
func RequireLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("identity: %q is not host:port: %w", addr, err)
	}
	if ip := net.ParseIP(host); host == "localhost" || (ip != nil && ip.IsLoopback()) {
		return nil
	}
	return fmt.Errorf("identity: local identity listens on loopback only, not on %q", addr)
}

// loopbackOnly is the second lock: it holds even if nobody called RequireLoopback.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
		if ok && RequireLoopback(local.String()) != nil {
			problem.New(problem.Forbidden, "FORBIDDEN", "local identity answers on loopback only").Write(w, "")
			return
		}
		next.ServeHTTP(w, r)
	})
}
