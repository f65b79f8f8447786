package view

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/mongo"
)

// Stored is a view as it stands in a database, for who does not keep it. Never write to it.
type Stored struct {
	// Documents are the view's, tombstones included, each with the _position of the last event that concerned it.
	Documents *mongo.Collection
	// Position of the last event applied; every document that was read later has at least what concerns it up to there.
	Position uint64
	// Built: somebody has applied it once. Applied: somebody holds its lease, or has held it last without giving it back.
	Built, Applied bool
}

// ReadStored reads how far the view of that name and version is in the database.
func ReadStored(ctx context.Context, db *mongo.Database, name string, version int) (Stored, error) {
	id := collectionOf(name, version)
	c, err := lease{collection: db.Collection(checkpoints), id: id}.read(ctx)
	if err != nil {
		return Stored{}, fmt.Errorf("checkpoint of %s: %w", id, err)
	}
	return Stored{
		Documents: db.Collection(id), Position: c.Progress.Position, Built: c.Epoch > 0, Applied: c.Epoch > 0 && c.Holder != "",
	}, nil
}

func collectionOf(name string, version int) string { return fmt.Sprintf("%s_v%d", name, version) }
