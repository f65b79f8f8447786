package store

import (
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
)

// newID makes the _id of a document that came without one.
func newID() value.Value {
	id := bson.NewObjectID()
	return value.Value{Type: bsoncore.TypeObjectID, Data: id[:]}
}
