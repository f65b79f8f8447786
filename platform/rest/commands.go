package rest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/oklog/ulid/v2"

	"tiffin/platform/identity"
	"tiffin/platform/problem"
)

const (
	maxBody   = 1 << 20
	maxKey    = 128
	knownKeys = 100_000
)

// usage is a caller's key; nobody's are kept under "".
type usage struct{ subject, key string }

// keys remembers which request a caller's key was accepted with.
type keys struct {
	verify func(context.Context, string) (identity.Caller, error)
	used   *lru.Cache[usage, [sha256.Size]byte]
}

func newKeys(verify func(context.Context, string) (identity.Caller, error), size int) (*keys, error) {
	used, err := lru.New[usage, [sha256.Size]byte](size)
	if err != nil {
		return nil, fmt.Errorf("rest: the list of keys: %w", err)
	}
	return &keys{verify: verify, used: used}, nil
}

// commands bounds bodies, gives every command an id, and refuses a key that stood for another request before.
func commands(k *keys, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions {
			r.Header.Del(idempotencyKey) // a query is no command
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			unreadable(w, r, err)
			return
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		values := r.Header.Values(idempotencyKey)
		if len(values) == 0 {
			r.Header.Set(idempotencyKey, ulid.Make().String())
			next.ServeHTTP(w, r)
			return
		}
		if len(values) > 1 || !wellFormed(values[0]) {
			problem.InvalidField(idempotencyKey, "must be given once, as 1 to %d visible ASCII characters", maxKey).
				Write(w, traceID(r.Context()))
			return
		}
		k.serve(w, r, usage{subject: k.subject(r), key: values[0]}, fingerprint(r, body), next)
	})
}

func (k *keys) serve(w http.ResponseWriter, r *http.Request, u usage, content [sha256.Size]byte, next http.Handler) {
	if before, ok := k.used.Get(u); ok && before != content {
		problem.New(problem.KeyReused, "IDEMPOTENCY_KEY_REUSED", "this key was used for another request before").
			Write(w, traceID(r.Context()))
		return
	}
	next.ServeHTTP(w, r)
	// A refusal is not remembered: the caller may change the request and keep the key.
	if a, ok := r.Context().Value(answerKey{}).(*answer); ok && a.status >= 200 && a.status < 300 {
		k.used.Add(u, content)
	}
}

// subject is whose key it is. Whether the token is good is for the server behind to say.
func (k *keys) subject(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	caller, err := k.verify(r.Context(), strings.TrimSpace(token))
	if err != nil {
		return ""
	}
	return caller.Subject
}

func fingerprint(r *http.Request, body []byte) [sha256.Size]byte {
	head := r.Method + " " + r.URL.RequestURI() + "\n"
	return sha256.Sum256(append([]byte(head), body...))
}

func wellFormed(key string) bool {
	visible := func(c rune) bool { return c > 0x20 && c < 0x7f }
	return key != "" && len(key) <= maxKey && strings.IndexFunc(key, func(c rune) bool { return !visible(c) }) < 0
}

func unreadable(w http.ResponseWriter, r *http.Request, err error) {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		p := problem.New(problem.Invalid, "BODY_TOO_LARGE", "the body may have %d bytes at most", maxBody)
		writeAs(r.Context(), w, http.StatusRequestEntityTooLarge, p)
		return
	}
	problem.New(problem.Invalid, "BODY_UNREADABLE", "the body ended before it was complete").Write(w, traceID(r.Context()))
}
