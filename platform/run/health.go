package run

import (
	"encoding/json"
	"net/http"
)

// Status is how far one part is, a view above all.
type Status struct {
	Name  string `json:"name"`
	Ready bool   `json:"ready"`
	// Position is the last one applied, Lag how many events of the log come after it.
	Position uint64 `json:"position"`
	Lag      uint64 `json:"lag"`
	// Detail says why it is not ready, or what of it is stale.
	Detail string `json:"detail,omitempty"`
}

// Health answers /healthz (this process is alive) and /readyz (503 until every part of every source is ready).
// The sources are asked on each request and must answer at once.
func Health(sources ...func() []Status) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, map[string]string{"status": "alive"})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		ready, views := true, []Status{}
		for _, source := range sources {
			for _, s := range source() {
				ready = ready && s.Ready
				views = append(views, s)
			}
		}
		code := http.StatusOK
		if !ready {
			code = http.StatusServiceUnavailable
		}
		reply(w, code, map[string]any{"ready": ready, "views": views})
	})
	return mux
}

func reply(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body) // these always encode; a client that is gone can't be told
}
