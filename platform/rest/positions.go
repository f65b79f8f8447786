package rest

import (
	"context"
	"net/http"

	"tiffin/platform/position"
	"tiffin/platform/problem"
)

// positions refuses malformed tokens, and makes every answer carry what was presented merged with what it saw.
func positions(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := position.Token{}
		for _, name := range []string{positionHeader, lastEventID} {
			token, err := position.Parse(r.Header.Get(name))
			if err != nil {
				problem.InvalidField(name, "is not a position that this API gave out").Write(w, traceID(r.Context()))
				return
			}
			seen = seen.Merge(token)
		}
		// The gateway picks a marshaler by the whole header, while clients may list several types.
		r.Header.Del("Accept")
		if watches(r) {
			r.Header.Set("Accept", eventStream)
		}
		a := &answer{ResponseWriter: w, presented: seen}
		next.ServeHTTP(a, r.WithContext(context.WithValue(r.Context(), answerKey{}, a)))
	})
}

// answer is one response on its way out.
type answer struct {
	http.ResponseWriter
	presented position.Token
	status    int
	// closed drops what the gateway still writes after a problem has been answered in its stead.
	closed bool
}

type answerKey struct{}

func (a *answer) WriteHeader(status int) {
	if a.closed || a.status != 0 {
		return
	}
	a.status = status
	seen := a.presented
	for _, value := range a.Header().Values(positionHeader) {
		if token, err := position.Parse(value); err == nil { // our own servers made it
			seen = seen.Merge(token)
		}
	}
	a.Header().Del(positionHeader)
	if encoded := seen.Encode(); encoded != "" {
		a.Header().Set(positionHeader, encoded)
	}
	if a.Header().Get("Content-Type") == eventStream {
		a.Header().Set("Cache-Control", "no-store")
		a.Header().Set("X-Accel-Buffering", "no")
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.closed {
		return len(b), nil
	}
	a.WriteHeader(http.StatusOK)
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what flushes.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
