package view

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/problem"
	"tiffin/platform/seal"
)

// Get returns the document with the id, and the position of the last event that concerned it. A deleted one is not found.
// Where it stands behind a fault, Options.Stale is told. It returns problem.Unavailable where the database can't be reached.
func (v *View[D]) Get(ctx context.Context, id string) (doc D, at uint64, found bool, err error) {
	var d Document[D]
	var from serving // as it was before reading: what is resolved meanwhile is told once too often, never too seldom
	defer func() {
		if from.astray || d.Parked != nil {
			v.o.Stale(ctx)
		}
	}()
	err = v.read(ctx, func(s serving) error {
		from, d = s, Document[D]{}
		return one(s.documents.FindOne(ctx, bson.D{{Key: "_id", Value: id}}), &d)
	})
	switch {
	case errors.Is(err, mongo.ErrNoDocuments):
		return doc, 0, false, nil
	case err != nil:
		return doc, 0, false, err
	case d.Deleted:
		return doc, d.Position, false, nil
	}
	return d.Data, d.Position, true, v.spec.open(ctx, v.o.Keys, &d.Data)
}

// open opens what a document has of persons, as far as they are not erased.
func (s Spec[D]) open(ctx context.Context, keys seal.Keys, d *D) error {
	if s.Personal == nil {
		return nil
	}
	switch err := seal.OpenBoxes(ctx, keys, s.Personal(d)...); {
	case errors.Is(err, seal.ErrUnavailable):
		return problem.New(problem.Unavailable, "KEYS_UNAVAILABLE", "personal data can't be opened at the moment; please repeat")
	default:
		return err
	}
}

// Find returns the documents that the filter matches, without the deleted ones. A nil filter matches all. While any document
// stands behind a fault, Options.Stale is told: it may be one that should be found, or should not. It returns problem.Unavailable
// where the database can't be reached.
func (v *View[D]) Find(ctx context.Context, filter any, opts ...options.Lister[options.FindOptions]) ([]D, error) {
	if filter == nil {
		filter = bson.D{}
	}
	var found []Document[D]
	err := v.read(ctx, func(s serving) error {
		if s.astray || s.parked > 0 {
			v.o.Stale(ctx)
		}
		cursor, err := s.documents.Find(ctx, bson.D{{Key: "$and", Value: bson.A{filter, bson.D{{Key: "_deleted", Value: false}}}}}, opts...)
		if err != nil {
			return err
		}
		found, err = all[Document[D]](ctx, cursor)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make([]D, len(found))
	for i := range found {
		if err := v.spec.open(ctx, v.o.Keys, &found[i].Data); err != nil {
			return nil, err
		}
		out[i] = found[i].Data
	}
	return out, nil
}

// Collection is the view's collection as it is served now, for a look from outside: what is personal stays sealed, tombstones have
// _deleted: true, and what stands behind a fault has _parked. A rebuild puts another in its place. Never write to it.
func (v *View[D]) Collection() *mongo.Collection { return v.served().documents }
