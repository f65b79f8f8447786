package identity

import (
	"encoding/json"
	"net/http"
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
	// Grants are what the persona's token says; a client learns them from the token alone.
	Grants []Grant `json:"-"`
}

const tokenVerb = ":token"

// Handler answers GET /auth/personas and POST /auth/personas/{persona_id}:token. It hands a token to whoever asks, and
// therefore refuses every connection that did not come in on loopback; see RequireLoopback for saying so at start.
// The list is asked for on every request, so that it may grow while the city is seeded.
func Handler(issuer *Issuer, list func() []Persona) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /auth/personas", func(w http.ResponseWriter, _ *http.Request) {
		personas := list()
		if personas == nil {
			personas = []Persona{}
		}
		answer(w, map[string]any{"personas": personas})
	})
	mux.HandleFunc("POST /auth/personas/{call}", func(w http.ResponseWriter, r *http.Request) {
		id, found := strings.CutSuffix(r.PathValue("call"), tokenVerb)
		if !found {
			problem.Missing("NOT_FOUND", "there is nothing here").Write(w, "")
			return
		}
		for _, p := range list() {
			if p.PersonaID == id {
				issuer.answerToken(w, p)
				return
			}
		}
		problem.Missing("PERSONA_NOT_FOUND", "there is no persona %q", id).Write(w, "")
	})
	return loopbackOnly(mux)
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
