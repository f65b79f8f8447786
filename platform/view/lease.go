package view

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

const checkpoints = "checkpoints"

// progress is how far a view has got.
type progress struct {
	// Position of the last event applied, and the last of each domain.
	Position uint64            `bson:"position"`
	Domains  map[string]uint64 `bson:"domains"`
	// Pending is how many events were still to come, and CaughtUp whether this applier has ever seen none.
	Pending  uint64 `bson:"pending"`
	CaughtUp bool   `bson:"caught_up"`
	// Parked is how many documents stand behind faults, and Subjects those of whose events it isn't known what they concern.
	Parked   int             `bson:"parked"`
	Subjects []parkedSubject `bson:"subjects"`
}

// checkpoint is a view's progress together with its lease: one document, so that moving and fencing are one step.
type checkpoint struct {
	ID string `bson:"_id"`
	// Epoch grows with each new holder; Beat with each sign of its life. No clock is compared between machines.
	Epoch    uint64   `bson:"epoch"`
	Beat     uint64   `bson:"beat"`
	Holder   string   `bson:"holder"`
	Progress progress `bson:",inline"`
}

// lease is the checkpoint's document in the database. platform/lease does the same in a bucket of the hub, and can't do it here:
// a checkpoint that moves must be in the database that it tells of, so that a database that was reset or set back takes both
// back, and what fences the one fences the other.
type lease struct {
	collection *mongo.Collection
	id, holder string
}

func (l lease) read(ctx context.Context) (checkpoint, error) {
	var c checkpoint
	err := one(l.collection.FindOne(ctx, bson.D{{Key: "_id", Value: l.id}}), &c)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return checkpoint{ID: l.id}, nil
	}
	return c, err
}

// take makes this process the holder, if nobody else became it since seen was read.
func (l lease) take(ctx context.Context, seen checkpoint) (bool, error) {
	if seen.Epoch == 0 {
		_, err := l.collection.InsertOne(ctx, checkpoint{
			ID: l.id, Epoch: 1, Beat: 1, Holder: l.holder, Progress: progress{Domains: map[string]uint64{}},
		})
		if mongo.IsDuplicateKeyError(err) {
			return false, nil
		}
		return err == nil, err
	}
	return l.update(ctx, seen.Epoch, bson.D{
		{Key: "$set", Value: bson.D{{Key: "holder", Value: l.holder}, {Key: "caught_up", Value: false}}},
		{Key: "$inc", Value: bson.D{{Key: "epoch", Value: int64(1)}, {Key: "beat", Value: int64(1)}}},
	})
}

func (l lease) beat(ctx context.Context, epoch uint64) error {
	return l.held(l.update(ctx, epoch, bson.D{{Key: "$inc", Value: bson.D{{Key: "beat", Value: int64(1)}}}}))
}

// release lets a successor take over without waiting for silence.
func (l lease) release(ctx context.Context, epoch uint64) error {
	return l.held(l.update(ctx, epoch, bson.D{{Key: "$set", Value: bson.D{{Key: "holder", Value: ""}}}}))
}

func (l lease) move(ctx context.Context, epoch, from uint64, p progress) error {
	return l.held(l.update(ctx, epoch, bson.D{
		{Key: "$set", Value: p},
		{Key: "$inc", Value: bson.D{{Key: "beat", Value: int64(1)}}},
	}, bson.E{Key: "position", Value: from}))
}

func (l lease) update(ctx context.Context, epoch uint64, update bson.D, more ...bson.E) (bool, error) {
	filter := append(bson.D{{Key: "_id", Value: l.id}, {Key: "epoch", Value: epoch}}, more...)
	result, err := l.collection.UpdateOne(ctx, filter, update)
	if err != nil {
		return false, err
	}
	return result.MatchedCount == 1, nil
}

func (l lease) held(held bool, err error) error {
	if err == nil && !held {
		return errFenced
	}
	return err
}
