package view

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
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

// checkpoint is a version's progress together with its lease, its generations and its readers: one document, so that moving,
// fencing, switching and retiring are one step each.
type checkpoint struct {
	ID string `bson:"_id"`
	// Epoch grows with each new holder; Beat with each sign of its life. No clock is compared between machines.
	Epoch  uint64 `bson:"epoch"`
	Beat   uint64 `bson:"beat"`
	Holder string `bson:"holder"`
	// Progress is that of the generation that is served.
	Progress    progress    `bson:",inline"`
	Generations generations `bson:",inline"`
	// Readers are the replicas that serve the version, each with its signs of life; Reads counts those of all of them.
	Readers map[string]uint64 `bson:"readers,omitempty"`
	Reads   uint64            `bson:"reads,omitempty"`
}

// lease is the checkpoint's document in the database. platform/lease does the same in a bucket of the hub, and can't do it here:
// a checkpoint that moves must be in the database that it tells of, so that a database that was reset or set back takes both
// back, and what fences the one fences the other.
type lease struct {
	collection *mongo.Collection
	id, holder string
	// track is what of the view is moved: the zero value moves the first generation while it is served.
	track track
}

// on returns the lease for the work on another generation.
func (l lease) on(t track) lease {
	l.track = t
	return l
}

func (l lease) read(ctx context.Context) (checkpoint, error) {
	return l.decode(l.collection.FindOne(ctx, l.named()))
}

func (l lease) named() bson.D { return bson.D{{Key: "_id", Value: l.id}} }

func (l lease) decode(found *mongo.SingleResult) (checkpoint, error) {
	var c checkpoint
	err := one(found, &c)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return checkpoint{ID: l.id}, nil
	}
	return c, err
}

// attend says that this process reads the view, and returns what the checkpoint was at that moment.
func (l lease) attend(ctx context.Context) (checkpoint, error) {
	return l.decode(l.collection.FindOneAndUpdate(ctx, l.named(), bson.D{{Key: "$inc", Value: l.life()}},
		options.FindOneAndUpdate().SetReturnDocument(options.After)))
}

// leave says that this process reads the view no more.
func (l lease) leave(ctx context.Context) error {
	_, err := l.collection.UpdateOne(ctx, l.named(), bson.D{
		{Key: "$unset", Value: bson.D{{Key: "readers." + l.holder, Value: ""}}},
		{Key: "$inc", Value: bson.D{{Key: "reads", Value: int64(1)}}},
	})
	return err
}

// life is a sign of a reader's life.
func (l lease) life() bson.D {
	return bson.D{{Key: "readers." + l.holder, Value: int64(1)}, {Key: "reads", Value: int64(1)}}
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
		{Key: "$unset", Value: bson.D{{Key: "retired", Value: ""}}},
		{Key: "$inc", Value: bson.D{{Key: "epoch", Value: int64(1)}, {Key: "beat", Value: int64(1)}}},
	})
}

// beat is a sign of the holder's life, and of the reader's that it is. It returns what the checkpoint is then.
func (l lease) beat(ctx context.Context, epoch uint64) (checkpoint, error) {
	inc := append(l.life(), bson.E{Key: "beat", Value: int64(1)})
	c, err := l.decode(l.collection.FindOneAndUpdate(ctx, append(l.named(), bson.E{Key: "epoch", Value: epoch}),
		bson.D{{Key: "$inc", Value: inc}}, options.FindOneAndUpdate().SetReturnDocument(options.After)))
	return c, l.held(c.Epoch == epoch, err)
}

// release lets a successor take over without waiting for silence.
func (l lease) release(ctx context.Context, epoch uint64) error {
	return l.held(l.update(ctx, epoch, bson.D{{Key: "$set", Value: bson.D{{Key: "holder", Value: ""}}}}))
}

// mark leaves a mark in the checkpoint, if the track is still at the position.
func (l lease) mark(ctx context.Context, epoch, at uint64, mark string) error {
	return l.held(l.update(ctx, epoch, bson.D{{Key: "$set", Value: bson.D{{Key: l.track.mark(), Value: mark}}}}, l.track.from(at)...))
}

// move moves the track on, if it is still at the position, and bears the mark; none is asked for where that is empty.
func (l lease) move(ctx context.Context, epoch, from uint64, mark string, p progress) error {
	there := l.track.from(from)
	if mark != "" {
		there = append(there, bson.E{Key: l.track.mark(), Value: mark})
	}
	return l.held(l.update(ctx, epoch, bson.D{
		{Key: "$set", Value: l.track.moved(p)},
		{Key: "$inc", Value: bson.D{{Key: "beat", Value: int64(1)}}},
	}, there...))
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
