package viewtest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/mongolite/mongotest"
	"tiffin/platform/position"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

// Stepped is a view that applies an event exactly when the test says so, in a real collection. It never waits: what it has
// not applied is stale at once. It has one watcher at most.
type Stepped[D any] struct {
	spec    view.Spec[D]
	c       *mongo.Collection
	mu      sync.Mutex
	seen    position.Token
	changed chan view.Notice
	// Keys of the persons whose data it keeps.
	Keys seal.Keys
}

// NewStepped returns a view that has applied nothing.
func NewStepped[D any](t testing.TB, spec view.Spec[D]) *Stepped[D] {
	t.Helper()
	c := mongotest.Database(t).Collection(spec.Name)
	if len(spec.Indexes) > 0 {
		_, err := c.Indexes().CreateMany(t.Context(), spec.Indexes)
		require.NoError(t, err)
	}
	return &Stepped[D]{spec: spec, c: c, seen: position.Token{}, changed: make(chan view.Notice, 1), Keys: seal.Memory()}
}

// Apply applies the event to every document that it concerns, and tells the watcher.
func (v *Stepped[D]) Apply(t testing.TB, e view.Event) {
	t.Helper()
	for _, id := range v.spec.Route(e) {
		d, _, _, err := v.Get(t.Context(), id)
		require.NoError(t, err)
		v.spec.Apply(&d, e)
		require.NoError(t, seal.CloseBoxes(t.Context(), v.Keys, v.personal(&d)...))
		_, err = v.c.ReplaceOne(t.Context(), bson.D{{Key: "_id", Value: id}}, view.Document[D]{ID: id, Position: e.Position, Data: d},
			options.Replace().SetUpsert(true))
		require.NoError(t, err)
	}
	v.mu.Lock()
	v.seen[e.Domain] = e.Position
	v.mu.Unlock()
	select {
	case v.changed <- view.Notice{}:
	default:
	}
}

// WaitFor reports whether the view is behind the token in a domain of which it has applied something.
func (v *Stepped[D]) WaitFor(_ context.Context, t position.Token) (bool, error) {
	for domain, at := range v.Seen() {
		if at < t[domain] {
			return true, nil
		}
	}
	return false, nil
}

// Seen returns what was applied.
func (v *Stepped[D]) Seen() position.Token {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.seen.Merge(nil)
}

// Get reads one document.
func (v *Stepped[D]) Get(ctx context.Context, id string) (D, uint64, bool, error) {
	var d view.Document[D]
	err := v.c.FindOne(ctx, bson.D{{Key: "_id", Value: id}}).Decode(&d)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return d.Data, 0, false, nil
	}
	if err == nil {
		err = seal.OpenBoxes(ctx, v.Keys, v.personal(&d.Data)...)
	}
	return d.Data, d.Position, err == nil, err
}

func (v *Stepped[D]) personal(d *D) []*seal.Box {
	if v.spec.Personal == nil {
		return nil
	}
	return v.spec.Personal(d)
}

// Find reads the documents that the filter matches; tombstones are not left out.
func (v *Stepped[D]) Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]D, error) {
	cursor, err := v.c.Find(ctx, filter, o...)
	if err != nil {
		return nil, err
	}
	var all []view.Document[D]
	if err := cursor.All(ctx, &all); err != nil {
		return nil, err
	}
	var out []D
	for _, d := range all {
		if err := seal.OpenBoxes(ctx, v.Keys, v.personal(&d.Data)...); err != nil {
			return nil, err
		}
		out = append(out, d.Data)
	}
	return out, nil
}

// Behind is false: a stepped view parks nothing.
func (v *Stepped[D]) Behind(context.Context, string) (bool, error) { return false, nil }

// Watch holds a notice for every change, whatever the document.
func (v *Stepped[D]) Watch(context.Context, string) (<-chan view.Notice, func()) {
	return v.changed, func() {}
}
