package rest

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"tiffin/platform/rpc"
)

// The headers of the contract. A client that asked twice at once holds two positions of which neither covers the other; it
// presents both, in one Tiffin-Position or Last-Event-ID header with a comma between or in two. Every answer carries one
// token that covers all that its request presented, and takes their place.
const (
	idempotencyKey = "Idempotency-Key"
	positionHeader = "Tiffin-Position"
	staleHeader    = "Tiffin-Stale"
	lastEventID    = "Last-Event-Id"
	eventStream    = "text/event-stream"
)

// The names under which a handler reads and reports positions in metadata.
const (
	PositionKey    = "tiffin-position"
	StaleKey       = "tiffin-stale"
	LastEventIDKey = "last-event-id"
)

// noted is the key of what Noting notes.
type noted struct{}

// Noting returns a context for one message of a stream, and what tells whether Stale was said of that.
func Noting(ctx context.Context) (noting context.Context, said func() bool) {
	var stale atomic.Bool
	return context.WithValue(ctx, noted{}, &stale), stale.Load
}

// Stale says of the answer to the call of ctx, or of the message that Noting was asked for, that it is older than it should be,
// however often it is said.
func Stale(ctx context.Context) {
	if message, ok := ctx.Value(noted{}).(*atomic.Bool); ok {
		message.Store(true)
		return
	}
	// It fails only where the answer is on its way.
	_ = grpc.SetHeader(ctx, metadata.Pairs(StaleKey, "true"))
}

// incoming lets through what handlers may know. In particular no client speaks for the gateway (Grpc-Metadata-…).
func incoming(name string) (string, bool) {
	switch http.CanonicalHeaderKey(name) {
	case idempotencyKey:
		return rpc.CommandID, true
	case positionHeader:
		return PositionKey, true
	case lastEventID:
		return LastEventIDKey, true
	default:
		return "", false
	}
}

func outgoing(name string) (string, bool) {
	switch name {
	case PositionKey:
		return positionHeader, true
	case StaleKey:
		return staleHeader, true
	default:
		return "", false
	}
}

// watches reports whether the request asks for a live stream, which only paths with that verb answer.
func watches(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, ":watch")
}
