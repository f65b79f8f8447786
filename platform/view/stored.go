package view

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// Stored is a version of a view as it stands in a database, for who does not keep it. Never write to it.
type Stored struct {
	Version int
	// Generation is the one that is served, in Documents: tombstones included, each with the _position of the last event that
	// concerned it.
	Generation int
	Documents  *mongo.Collection
	// Position of the last event applied; every document that was read later has at least what concerns it up to there. Pending
	// is how many were still to come then.
	Position, Pending uint64
	// Built: somebody has applied it once. Applied: somebody holds its lease, or has held it last without giving it back.
	Built, Applied bool
	// CaughtUp: whoever applies it has come to the end of the log once.
	CaughtUp bool
	// Readers are how many replicas serve it, or did and have not said that they don't.
	Readers int
	// Next is the generation that is being built; nil: none.
	Next *Building
	// Kept are generations that were served before.
	Kept []int
}

// Building is how far a generation is that is not served yet.
type Building struct {
	Generation        int
	Position, Pending uint64
	// Stopped: somebody asked for that, and nobody for going on.
	Stopped bool
}

// ReadStored reads how far the view of that name and version is in the database.
func ReadStored(ctx context.Context, db *mongo.Database, name string, version int) (Stored, error) {
	id := collectionOf(name, version, 1)
	c, err := lease{collection: db.Collection(checkpoints), id: id}.read(ctx)
	if err != nil {
		return Stored{}, fmt.Errorf("checkpoint of %s: %w", id, err)
	}
	return storedOf(db, name, version, c), nil
}

// ReadVersions reads how far each version of the view is that the database knows, but for those that were retired.
func ReadVersions(ctx context.Context, db *mongo.Database, name string) ([]Stored, error) {
	all, err := versionsOf(ctx, db.Collection(checkpoints), name)
	if err != nil {
		return nil, fmt.Errorf("checkpoints of %s: %w", name, err)
	}
	var out []Stored
	for version, c := range all {
		if s := storedOf(db, name, version, c); s.Built {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Stored) int { return a.Version - b.Version })
	return out, nil
}

func versionsOf(ctx context.Context, from *mongo.Collection, name string) (map[int]checkpoint, error) {
	cursor, err := from.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$regex", Value: "^" + regexp.QuoteMeta(name) + "_v[0-9]+$"}}}})
	if err != nil {
		return nil, err
	}
	var all []checkpoint
	if err := cursor.All(ctx, &all); err != nil {
		return nil, err
	}
	out := map[int]checkpoint{}
	for _, c := range all {
		if version, err := strconv.Atoi(c.ID[len(name)+len("_v"):]); err == nil {
			out[version] = c
		}
	}
	return out, nil
}

func storedOf(db *mongo.Database, name string, version int, c checkpoint) Stored {
	g := c.Generations
	s := Stored{
		Version: version, Generation: g.live(), Documents: db.Collection(collectionOf(name, version, g.live())),
		Position: c.Progress.Position, Pending: c.Progress.Pending, CaughtUp: c.Progress.CaughtUp,
		Built: c.Epoch > 0 && !g.Retired, Applied: c.Epoch > 0 && c.Holder != "", Readers: len(c.Readers),
	}
	if n := g.Next; n != nil {
		s.Next = &Building{Generation: n.Number, Position: n.Progress.Position, Pending: n.Progress.Pending, Stopped: n.Stopped}
	}
	for _, k := range g.Kept {
		s.Kept = append(s.Kept, k.Number)
	}
	return s
}
