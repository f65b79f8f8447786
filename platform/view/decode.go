package view

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// one decodes what was found. The driver's own Decode makes a reader with a buffer of 4 kB for each document, and so does its
// All: under load that was a sixteenth of everything that was allocated.
func one(found *mongo.SingleResult, into any) error {
	raw, err := found.Raw()
	if err != nil {
		return err
	}
	return bson.Unmarshal(raw, into)
}

// all decodes every document that the cursor has, and closes it.
func all[T any](ctx context.Context, cursor *mongo.Cursor) (out []T, err error) {
	defer func() { _ = cursor.Close(ctx) }() // what it has was read, or can't be
	for cursor.Next(ctx) {
		var d T
		if err := bson.Unmarshal(cursor.Current, &d); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, cursor.Err()
}
