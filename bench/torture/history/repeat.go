package history

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
)

// Repeating sends a part of the commands twice, the second time under the same key with what the client has seen: as a network
// does that lost the first answer. The client gets the first answer; base, which may record, sees both.
func Repeating(base http.RoundTripper, part float64, seed uint64) http.RoundTripper {
	return &repeating{base: base, part: part, dice: rand.New(rand.NewPCG(seed, seed))}
}

type repeating struct {
	base http.RoundTripper
	part float64

	mu   sync.Mutex
	dice *rand.Rand
}

// CloseIdleConnections lets a client do so through it.
func (t *repeating) CloseIdleConnections() { (&http.Client{Transport: t.base}).CloseIdleConnections() }

func (t *repeating) again() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.dice.Float64() < t.part
}

func (t *repeating) RoundTrip(q *http.Request) (*http.Response, error) {
	if q.Method == http.MethodGet || q.Header.Get(keyHeader) == "" || q.Body == nil || !t.again() {
		return t.base.RoundTrip(q)
	}
	body, err := io.ReadAll(q.Body)
	if err != nil {
		return nil, err
	}
	_ = q.Body.Close() // it was read to its end
	first, err := t.base.RoundTrip(with(q, body))
	if err != nil {
		return nil, err
	}
	said, err := io.ReadAll(first.Body)
	_ = first.Body.Close() // it was read to its end, or is told to be broken
	if err != nil {
		return nil, err
	}
	if second, err := t.base.RoundTrip(with(q, body)); err == nil {
		_, _ = io.Copy(io.Discard, second.Body) // what of it is of use, base has seen
		_ = second.Body.Close()
	}
	first.Body = io.NopCloser(bytes.NewReader(said))
	return first, nil
}

func with(q *http.Request, body []byte) *http.Request {
	again := q.Clone(q.Context())
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return again
}
