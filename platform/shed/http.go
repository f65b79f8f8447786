package shed

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"tiffin/platform/problem"
)

// HTTP is what a listener that serves HTTP is given.
type HTTP struct {
	// Requests and Streams are its gates: those that are answered, and those that go on.
	Requests, Streams *Gate
	// Stream tells one from the other.
	Stream func(*http.Request) bool
	// Within is how long a request may take, body and answer included. A stream takes as long as it likes.
	Within time.Duration
	// Unread is how long whoever reads a stream may take to read on.
	Unread time.Duration
}

// overloaded is made once: of what is turned away there is a lot.
var overloaded = func() []byte {
	body, err := json.Marshal(ErrOverloaded.Document(""))
	if err != nil { // a struct of strings always encodes
		panic(err)
	}
	return body
}()

// Handler lets requests through to next as far as the gates do.
func (h HTTP) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stream := h.Stream(r)
		gate := h.Requests
		if stream {
			gate = h.Streams
		}
		if !gate.Enter(r.Context()) {
			turnAway(w)
			return
		}
		defer gate.Leave()
		if stream {
			next.ServeHTTP(newPatient(w, h.Unread), r)
			return
		}
		h.bounded(w, r, next)
	})
}

// bounded ends a request that takes too long, whichever side it is that does.
func (h HTTP) bounded(w http.ResponseWriter, r *http.Request, next http.Handler) {
	ctx, cancel := context.WithTimeout(r.Context(), h.Within)
	defer cancel()
	if r.ContentLength != 0 {
		// Who sends a body byte by byte would keep the place. Where it can't be set, as in a test, nobody does.
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(h.Within))
	}
	next.ServeHTTP(w, r.WithContext(ctx))
}

func turnAway(w http.ResponseWriter) {
	header := w.Header()
	header.Set("Content-Type", problem.ContentType)
	header.Set("Retry-After", "1")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write(overloaded) // the client is gone: there is nobody left to tell
}
