package run

import (
	"context"
	"net/http"
	"net/http/pprof"
)

// Profiling lets an operator look into a process that runs.
type Profiling struct {
	// ProfilingAddr serves net/http/pprof; empty: nothing does. It tells whoever reaches it much, and takes time on request.
	ProfilingAddr string `env:"TIFFIN_PROFILING_ADDR"`
}

// Validate reports an address that is none.
func (s Profiling) Validate() error {
	if s.ProfilingAddr == "" {
		return nil
	}
	return Addr(profilingAddr, s.ProfilingAddr)
}

const profilingAddr = "TIFFIN_PROFILING_ADDR"

// Serve serves the profiles as a part of the group, where an address is set.
func (s Profiling) Serve(g *Group) error {
	if s.ProfilingAddr == "" {
		return nil
	}
	l, err := Listen(g.Context(), profilingAddr, s.ProfilingAddr)
	if err != nil {
		return err
	}
	// Registered by hand: the package's own registration is with a mux that everybody shares.
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	g.Go("profiling", func(ctx context.Context) error { return ServeHTTP(ctx, l, mux) })
	return nil
}
