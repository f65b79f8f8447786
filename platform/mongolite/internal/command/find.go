package command

import (
	"bytes"
	"context"

	"tiffin/platform/mongolite/internal/projection"
	"tiffin/platform/mongolite/internal/value"
)

func find(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	var where, sort, hint, fields value.Value
	var skip, limit int64
	batch, single := int64(noBatchSize), false
	err = r.fields(func(field string, v value.Value) (bool, error) {
		var err error
		switch field {
		case "filter":
			where = v
		case "sort":
			sort = v
		case "hint":
			hint = v
		case "projection":
			fields = v
		case "skip":
			skip, err = amount(r.command, field, v)
		case "limit":
			limit, err = amount(r.command, field, v)
		case "batchSize":
			batch, err = amount(r.command, field, v)
		case "singleBatch":
			single, err = truth(r.command, field, v)
		case "allowDiskUse", "noCursorTimeout", "allowPartialResults":
			_, err = truth(r.command, field, v)
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	where.Data = bytes.Clone(where.Data) // the cursor outlives the message
	version := e.store.Read(r.db, name)
	q, err := queryOf(version, r.command, where, sort, hint)
	if err != nil {
		return nil, err
	}
	q.Skip, q.Limit = skip, limit
	shown, err := document(r.command, "projection", fields)
	if err != nil {
		return nil, err
	}
	c := &cursor{db: r.db, collection: name}
	if c.projection, err = projection.Parse(shown); err != nil {
		return nil, err
	}
	if c.rows, err = version.Find(q); err != nil {
		return nil, err
	}
	return e.firstBatch(ctx, dst, c, batch, single)
}
