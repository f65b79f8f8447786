package command

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/projection"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
)

func findAndModify(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	var s statement
	var fields value.Value
	var remove, after bool
	err = r.fields(func(field string, v value.Value) (bool, error) {
		var err error
		switch field {
		case "query":
			s.q = v
		case "sort":
			s.sort = v
		case "update":
			s.u = v
		case "hint":
			s.hint = v
		case "fields":
			fields = v
		case "remove":
			remove, err = truth(r.command, field, v)
		case "new":
			after, err = truth(r.command, field, v)
		case "upsert":
			s.upsert, err = truth(r.command, field, v)
		case "bypassDocumentValidation":
			_, err = truth(r.command, field, v)
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	hasUpdate := s.u.Type != value.Missing
	switch {
	case remove && (hasUpdate || s.upsert || after):
		return nil, failure.New(failure.FailedToParse, "Cannot specify an update, upsert=true or new=true along with remove=true")
	case !remove && !hasUpdate:
		return nil, failure.New(failure.FailedToParse, "Either an update or remove=true must be specified")
	}
	shown, err := document(r.command, "fields", fields)
	if err != nil {
		return nil, err
	}
	p, err := projection.Parse(shown)
	if err != nil {
		return nil, err
	}
	var o outcome
	tx, err := e.store.Write(r.db, name, s.upsert)
	if err != nil {
		return nil, err
	}
	if tx != nil {
		defer tx.Commit()
		if remove {
			o, err = s.remove(ctx, tx)
		} else {
			o, err = s.do(ctx, tx)
		}
		if err != nil {
			return nil, err
		}
	}
	return appendModified(dst, o, p, remove, after), nil
}

// remove deletes the first match.
func (s statement) remove(ctx context.Context, tx *store.Tx) (outcome, error) {
	q, err := queryOf(tx.Version(), "findAndModify", s.q, s.sort, s.hint)
	if err != nil {
		return outcome{}, err
	}
	q.Limit = 1
	found, err := matches(ctx, tx, q)
	if err != nil || len(found) == 0 {
		return outcome{}, err
	}
	tx.Delete(found[0])
	return outcome{matched: 1, before: found[0]}, nil
}

func appendModified(dst []byte, o outcome, p *projection.Projection, remove, after bool) []byte {
	index, dst := bsoncore.AppendDocumentElementStart(dst, "lastErrorObject")
	n := o.matched
	if o.inserted != nil {
		n = 1
	}
	dst = bsoncore.AppendInt32Element(dst, "n", int32(n))
	if !remove {
		dst = bsoncore.AppendBooleanElement(dst, "updatedExisting", o.matched > 0)
	}
	if o.inserted != nil {
		dst = bsoncore.AppendValueElement(dst, "upserted", value.Lookup(o.inserted, "_id"))
	}
	dst, _ = bsoncore.AppendDocumentEnd(dst, index) // fails only on a start that is out of range
	doc := o.before
	if after {
		doc = o.after
	}
	if doc == nil {
		return bsoncore.AppendNullElement(dst, "value")
	}
	return p.AppendTo(bsoncore.AppendHeader(dst, bsoncore.TypeEmbeddedDocument, "value"), doc)
}
