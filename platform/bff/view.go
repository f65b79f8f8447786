package bff

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/position"
	"tiffin/platform/view"
)

// Progress is how far a view has come.
type Progress interface {
	// WaitFor is bounded; stale says that the bound came first.
	WaitFor(ctx context.Context, t position.Token) (stale bool, err error)
	Seen() position.Token
}

// View is what a server asks of a view.
type View[D any] interface {
	Progress
	Get(ctx context.Context, id string) (doc D, at uint64, found bool, err error)
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]D, error)
	Watch(ctx context.Context, id string) (changes <-chan view.Notice, cancel func())
	// Behind reports whether a document stands behind a fault.
	Behind(ctx context.Context, id string) (bool, error)
}
