package identity

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"tiffin/platform/problem"
)

// Persona is somebody of the demo city whom one can be in local mode.
type Persona struct {
	PersonaID    string   `json:"persona_id"`
	Name         string   `json:"name"`
	Roles        []string `json:"roles"`
	RestaurantID string   `json:"restaurant_id,omitempty"`
	CourierID    string   `json:"courier_id,omitempty"`
	// Taken: somebody is this one at the moment. Set by Handler.
	Taken bool `json:"taken,omitempty"`
	// Grants are what the persona's token says; a client learns them from the token alone.
	Grants []Grant `json:"-"`
}

// What one can ask about a persona.
const (
	tokenVerb = ":token"
	hereVerb  = ":here"
	awayVerb  = ":away"
)

// Handler answers GET /auth/personas, POST /auth/personas/{persona_id}:token, and :here and :away, by which a page says that
// somebody is that one. It hands a token to whoever asks, and therefore refuses every connection that did not come in on
// loopback; see RequireLoopback for saying so at start. Whoever asks for a token takes the persona for a while, but for a
// simulation, which says that it is one. The list is asked for on every request, so that it may grow while the city is seeded.
func Handler(issuer *Issuer, list func() []Persona) http.Handler {
	mux, present := http.NewServeMux(), newPresence(issuer.now)
	mux.HandleFunc("GET /auth/personas", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"personas": present.marked(list())})
	})
	mux.HandleFunc("POST /auth/personas/{call}", func(w http.ResponseWriter, r *http.Request) {
		id, verb := r.PathValue("call"), ""
		if colon := strings.LastIndexByte(id, ':'); colon >= 0 {
			id, verb = id[:colon], id[colon:]
		}
		if verb != tokenVerb && verb != hereVerb && verb != awayVerb {
			problem.Missing("NOT_FOUND", "there is nothing here").Write(w, "")
			return
		}
		personas := list()
		i := slices.IndexFunc(personas, func(p Persona) bool { return p.PersonaID == id })
		if i < 0 {
			problem.Missing("PERSONA_NOT_FOUND", "there is no persona %q", id).Write(w, "")
			return
		}
		switch {
		case verb == awayVerb:
			present.away(id)
		case verb == hereVerb || !simulated(r):
			present.here(id)
		}
		if verb == tokenVerb {
			issuer.answerToken(w, personas[i])
			return
		}
		answer(w, map[string]any{})
	})
	return loopbackOnly(mux)
}

// simulated reports whether a simulation asks. Everybody else may leave the body out.
func simulated(r *http.Request) bool {
	const most = 1 << 10
	var body struct {
		Simulation bool `json:"simulation"`
	}
	return json.NewDecoder(io.LimitReader(r.Body, most)).Decode(&body) == nil && body.Simulation
}

func (i *Issuer) answerToken(w http.ResponseWriter, p Persona) {
	token, err := i.Issue(Caller{Subject: p.PersonaID, Name: p.Name, Grants: p.Grants})
	if err != nil {
		problem.New(problem.Internal, "INTERNAL", "internal error").Write(w, "")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	answer(w, map[string]string{"access_token": token})
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // strings always encode; a client that is gone can't be told
}
