package view

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

var (
	// errFenced: another applier holds a newer lease, or the database was reset or set back beneath this one.
	errFenced = errors.New("the checkpoint is no longer this applier's")
	// errConflict: another applier created a document first.
	errConflict = errors.New("another applier has written the document")
)

// change is one document on its way to the store.
type change struct {
	id       string
	position uint64
	// fresh: there was none before.
	fresh bool
	raw   bson.Raw
}

// store is what an applier writes to. It is an interface so that tests can crash between any two writes.
type store[D any] interface {
	load(ctx context.Context, ids []string) (map[string]*Document[D], error)
	// confirm returns errFenced unless the checkpoint is still where this applier left it. What was loaded before it is then
	// as old as that at the most; else a fold would leave out events that the database has forgotten.
	confirm(ctx context.Context, epoch, position uint64) error
	// write never moves a document back; errConflict asks to load and fold again.
	write(ctx context.Context, changes []change) error
	// move moves the checkpoint from a position, or returns errFenced.
	move(ctx context.Context, epoch, from uint64, p progress) error
}

type mongoStore[D any] struct {
	documents *mongo.Collection
	lease     lease
}

func (s mongoStore[D]) load(ctx context.Context, ids []string) (map[string]*Document[D], error) {
	found := make(map[string]*Document[D], len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	cursor, err := s.documents.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}})
	if err != nil {
		return nil, err
	}
	var all []Document[D]
	if err := cursor.All(ctx, &all); err != nil {
		return nil, err
	}
	for i := range all {
		found[all[i].ID] = &all[i]
	}
	return found, nil
}

func (s mongoStore[D]) write(ctx context.Context, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	models := make([]mongo.WriteModel, 0, len(changes))
	for _, c := range changes {
		if c.fresh {
			models = append(models, mongo.NewInsertOneModel().SetDocument(c.raw))
			continue
		}
		// Where nothing matches, another applier has got at least as far: the document is right already.
		filter := bson.D{{Key: "_id", Value: c.id}, {Key: "_position", Value: bson.D{{Key: "$lt", Value: c.position}}}}
		models = append(models, mongo.NewReplaceOneModel().SetFilter(filter).SetReplacement(c.raw))
	}
	_, err := s.documents.BulkWrite(ctx, models, options.BulkWrite().SetOrdered(false))
	if mongo.IsDuplicateKeyError(err) {
		return errConflict
	}
	return err
}

func (s mongoStore[D]) confirm(ctx context.Context, epoch, position uint64) error {
	c, err := s.lease.read(ctx)
	return s.lease.held(c.Epoch == epoch && c.Progress.Position == position, err)
}

func (s mongoStore[D]) move(ctx context.Context, epoch, from uint64, p progress) error {
	return s.lease.move(ctx, epoch, from, p)
}
