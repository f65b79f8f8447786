package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"tiffin/platform/position"
	"tiffin/platform/problem"
)

// maxTokens bounds what one header may present: a client merges by asking, so that it never holds many.
const maxTokens = 16

// positions refuses malformed tokens, and makes every answer carry what was presented merged with what it saw. Handlers
// find one token in each header, however many the client presented.
func positions(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := position.Token{}
		for _, name := range []string{positionHeader, lastEventID} {
			token, err := merged(r.Header.Values(name))
			if err != nil {
				problem.InvalidField(name, "%v", err).Write(w, traceID(r.Context()))
				return
			}
			if r.Header.Del(name); len(token) > 0 {
				r.Header.Set(name, token.Encode())
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

// merged is what all the tokens of a header have seen: lists with commas, repeated headers, or both.
func merged(values []string) (position.Token, error) {
	all, count := position.Token{}, 0
	for value := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if value = strings.TrimSpace(value); value == "" {
			continue
		}
		if count++; count > maxTokens {
			return nil, fmt.Errorf("holds more than %d positions", maxTokens)
		}
		token, err := position.Parse(value)
		if err != nil {
			return nil, errors.New("is not a position that this API gave out")
		}
		all = all.Merge(token)
	}
	// Forged tokens may each be short enough, and together longer than any that this API gives out.
	if _, err := position.Parse(all.Encode()); err != nil {
		return nil, errors.New("holds positions that this API did not give out")
	}
	return all, nil
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
	if stale := a.Header().Get(staleHeader); stale != "" { // once, whoever else has said it
		a.Header().Set(staleHeader, stale)
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
