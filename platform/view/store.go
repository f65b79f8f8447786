package view

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

var (
	// errFenced: another applier holds a newer lease, or the database was reset or set back beneath this one.
	errFenced = errors.New("the checkpoint is no longer this applier's")
	// errConflict: another applier has changed a document since it was loaded.
	errConflict = errors.New("another applier has written the document")
)

// refused is errConflict for documents that could not be inserted, or that a unique index refuses.
type refused struct{ ids []string }

func (r *refused) Error() string { return fmt.Sprintf("%v: %q", errConflict, r.ids) }

func (r *refused) Is(target error) bool { return target == errConflict }

// stage is what tells one content of a document from any other that it ever has.
type stage struct {
	position, parkedTo uint64
	refolded           int
}

func stageOf[D any](d *Document[D]) *stage {
	s := &stage{position: d.Position, refolded: d.Refolded}
	if d.Parked != nil {
		s.parkedTo = d.Parked.To
	}
	return s
}

// change is one document on its way to the store.
type change struct {
	id string
	// was is what it replaces; nil: there was none.
	was *stage
	raw bson.Raw
}

func (c change) filter() bson.D {
	filter := bson.D{{Key: "_id", Value: c.id}, {Key: "_position", Value: c.was.position}}
	missing := bson.D{{Key: "$exists", Value: false}}
	if c.was.parkedTo > 0 {
		filter = append(filter, bson.E{Key: "_parked.to", Value: c.was.parkedTo})
	} else {
		filter = append(filter, bson.E{Key: "_parked", Value: missing})
	}
	if c.was.refolded > 0 {
		return append(filter, bson.E{Key: "_refolded", Value: c.was.refolded})
	}
	return append(filter, bson.E{Key: "_refolded", Value: missing})
}

// store is what an applier writes to. It is an interface so that tests can crash between any two writes.
type store[D any] interface {
	load(ctx context.Context, ids []string) (map[string]*Document[D], error)
	// confirm returns errFenced unless the checkpoint is still where this applier left it. What was loaded before it is then
	// as old as that at the most; else a fold would leave out events that the database has forgotten. It marks the checkpoint,
	// so that move knows of a database that was set back since, and may have forgotten what was written between the two.
	confirm(ctx context.Context, epoch, position uint64) error
	// write replaces documents that are still as they were loaded; errConflict asks to load and fold again.
	write(ctx context.Context, changes []change) error
	// parked returns the documents that stand behind faults.
	parked(ctx context.Context) (map[string]Span, error)
	// move moves the checkpoint from a position, or returns errFenced.
	move(ctx context.Context, epoch, from uint64, p progress) error
}

type mongoStore[D any] struct {
	documents *mongo.Collection
	lease     lease
	// mark is what confirm has left in the checkpoint last. It is for one goroutine at a time, as the applier is.
	mark *string
}

func (s mongoStore[D]) load(ctx context.Context, ids []string) (map[string]*Document[D], error) {
	byID := make(map[string]*Document[D], len(ids))
	if len(ids) == 0 {
		return byID, nil
	}
	cursor, err := s.documents.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}})
	if err != nil {
		return nil, err
	}
	found, err := all[Document[D]](ctx, cursor)
	if err != nil {
		return nil, err
	}
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	return byID, nil
}

func (s mongoStore[D]) write(ctx context.Context, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	models, replaced := make([]mongo.WriteModel, 0, len(changes)), int64(0)
	for _, c := range changes {
		if c.was == nil {
			models = append(models, mongo.NewInsertOneModel().SetDocument(c.raw))
			continue
		}
		models, replaced = append(models, mongo.NewReplaceOneModel().SetFilter(c.filter()).SetReplacement(c.raw)), replaced+1
	}
	result, err := s.documents.BulkWrite(ctx, models, options.BulkWrite().SetOrdered(false))
	if mongo.IsDuplicateKeyError(err) {
		return refusedOf(err, changes)
	}
	if err == nil && result.MatchedCount < replaced {
		// Another applier has got further, or parked what follows; this one's own write counts as one where its answer got lost.
		return errConflict
	}
	return err
}

func refusedOf(err error, changes []change) error {
	var bulk mongo.BulkWriteException
	r := &refused{}
	if errors.As(err, &bulk) {
		for _, w := range bulk.WriteErrors {
			if mongo.IsDuplicateKeyError(w.WriteError) && w.Index < len(changes) {
				r.ids = append(r.ids, changes[w.Index].id)
			}
		}
	}
	return r
}

func (s mongoStore[D]) parked(ctx context.Context) (map[string]Span, error) {
	cursor, err := s.documents.Find(ctx, bson.D{{Key: "_parked", Value: bson.D{{Key: "$exists", Value: true}}}},
		options.Find().SetProjection(bson.D{{Key: "_parked", Value: 1}}))
	if err != nil {
		return nil, err
	}
	found, err := all[struct {
		ID     string `bson:"_id"`
		Parked Span   `bson:"_parked"`
	}](ctx, cursor)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Span, len(found))
	for _, d := range found {
		out[d.ID] = d.Parked
	}
	return out, nil
}

func (s mongoStore[D]) confirm(ctx context.Context, epoch, position uint64) error {
	mark := rand.Text()
	if err := s.lease.mark(ctx, epoch, position, mark); err != nil {
		return err
	}
	*s.mark = mark
	return nil
}

func (s mongoStore[D]) move(ctx context.Context, epoch, from uint64, p progress) error {
	return s.lease.move(ctx, epoch, from, *s.mark, p)
}
