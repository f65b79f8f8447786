package command

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

func getMore(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	if r.target.Type != bsoncore.TypeInt64 {
		return nil, wrongType(r.command, "getMore", r.target, "long")
	}
	id, _ := value.Whole(r.target)
	var collection string
	size := int64(noBatchSize)
	err := r.fields(func(field string, v value.Value) (bool, error) {
		var err error
		switch field {
		case "collection":
			collection, err = text(r.command, field, v)
		case "batchSize":
			if size, err = amount(r.command, field, v); size == 0 {
				size = noBatchSize
			}
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	c, err := e.cursors.take(id)
	if err != nil {
		return nil, err
	}
	if c.db != r.db || c.collection != collection {
		e.cursors.give(id, c, false)
		return nil, failure.New(failure.Unauthorized, "Requested getMore on namespace '%s.%s', but cursor belongs to a different namespace %s.%s",
			r.db, collection, c.db, c.collection)
	}
	start, dst := bsoncore.AppendDocumentElementStart(dst, "cursor")
	dst, done, err := c.batch(ctx, dst, "nextBatch", size, maxBatchBytes)
	e.cursors.give(id, c, done || err != nil)
	if err != nil {
		return nil, err
	}
	if done {
		id = 0
	}
	return c.end(dst, start, id), nil
}

func killCursors(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	if _, err := r.collection(); err != nil {
		return nil, err
	}
	var ids value.Value
	err := r.fields(func(field string, v value.Value) (bool, error) {
		if field != "cursors" {
			return false, nil
		}
		ids = v
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	if ids.Type != bsoncore.TypeArray {
		return nil, wrongType(r.command, "cursors", ids, "array")
	}
	killed, notFound := bsoncore.NewArrayBuilder(), bsoncore.NewArrayBuilder()
	for it := value.Elements(ids.Data); it.Next(); {
		id, err := whole(r.command, "cursors", it.Value())
		if err != nil {
			return nil, err
		}
		if e.cursors.kill(id) {
			killed.AppendInt64(id)
		} else {
			notFound.AppendInt64(id)
		}
	}
	dst = bsoncore.AppendArrayElement(dst, "cursorsKilled", killed.Build())
	dst = bsoncore.AppendArrayElement(dst, "cursorsNotFound", notFound.Build())
	dst = bsoncore.AppendArrayElement(dst, "cursorsAlive", bsoncore.NewArrayBuilder().Build())
	return bsoncore.AppendArrayElement(dst, "cursorsUnknown", bsoncore.NewArrayBuilder().Build()), nil
}
