package command

import (
	"context"
	"math"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
)

func count(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	var where, hint value.Value
	var skip, limit int64
	err = r.fields(func(field string, v value.Value) (bool, error) {
		var err error
		switch field {
		case "query":
			where = v
		case "hint":
			hint = v
		case "skip":
			skip, err = amount(r.command, field, v)
		case "limit":
			limit, err = amount(r.command, field, v)
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	version := e.store.Read(r.db, name)
	q, err := queryOf(version, r.command, where, value.Value{}, hint)
	if err != nil {
		return nil, err
	}
	q.Skip, q.Limit = skip, limit
	n, err := version.Count(ctx, q)
	return appendNumber(dst, "n", n), err
}

// appendNumber appends an int32 where one is enough, as MongoDB does.
func appendNumber(dst []byte, name string, n int64) []byte {
	if n > math.MaxInt32 {
		return bsoncore.AppendInt64Element(dst, name, n)
	}
	return bsoncore.AppendInt32Element(dst, name, int32(n))
}

func distinct(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	var where, hint, key value.Value
	err = r.fields(func(field string, v value.Value) (bool, error) {
		switch field {
		case "query":
			where = v
		case "hint":
			hint = v
		case "key":
			key = v
		default:
			return false, nil
		}
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	dotted, err := text(r.command, "key", key)
	if err != nil {
		return nil, err
	}
	path, err := value.ParsePath(dotted)
	if err != nil {
		return nil, err
	}
	version := e.store.Read(r.db, name)
	q, err := queryOf(version, r.command, where, value.Value{}, hint)
	if err != nil {
		return nil, err
	}
	rows, err := version.Find(q)
	if err != nil {
		return nil, err
	}
	values := distinctValues{seen: make(map[string]struct{}), array: bsoncore.NewArrayBuilder()}
	for {
		doc, err := rows.Next(ctx)
		if err != nil {
			return nil, err
		}
		if doc == nil {
			return bsoncore.AppendArrayElement(dst, "values", values.array.Build()), nil
		}
		path.Any(doc, &values, true)
	}
}

// distinctValues collects what a path leads to: an array's elements, not the array.
type distinctValues struct {
	seen  map[string]struct{}
	array *bsoncore.ArrayBuilder
}

// Test takes a value in; it never ends the walk.
func (d *distinctValues) Test(v value.Value) bool {
	if v.Type == value.Missing || v.Type == bsoncore.TypeArray {
		return false
	}
	key := string(value.AppendKey(nil, v))
	if _, again := d.seen[key]; !again {
		d.seen[key] = struct{}{}
		d.array.AppendValue(v)
	}
	return false
}
