package command

import (
	"bytes"
	"context"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/update"
	"tiffin/platform/mongolite/internal/value"
)

func updateDocuments(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	w, err := newWrite(r, "updates")
	if err != nil {
		return nil, err
	}
	statements := make([]statement, len(w.statements))
	upserts := false
	for i, s := range w.statements {
		if statements[i], err = parseStatement(s); err != nil {
			return nil, err
		}
		upserts = upserts || statements[i].upsert
	}
	tx, err := e.store.Write(r.db, w.collection, upserts)
	if err != nil {
		return nil, err
	}
	var total outcome
	var upserted []byte
	if tx != nil {
		defer tx.Commit()
		inserted := 0
		err = w.each(ctx, e, func(i int, _ bsoncore.Document) error {
			o, err := statements[i].do(ctx, tx)
			total.matched += o.matched
			total.modified += o.modified
			if o.inserted == nil {
				return err
			}
			index, out := bsoncore.AppendDocumentElementStart(upserted, strconv.Itoa(inserted))
			out = bsoncore.AppendInt32Element(out, "index", int32(i))
			out = bsoncore.AppendValueElement(out, "_id", value.Lookup(o.inserted, "_id"))
			upserted, _ = bsoncore.AppendDocumentEnd(out, index) // fails only on a start that is out of range
			inserted++
			return err
		})
		if err != nil {
			return nil, err
		}
		total.matched += inserted
	}
	dst = bsoncore.AppendInt32Element(dst, "n", int32(total.matched))
	dst = bsoncore.AppendInt32Element(dst, "nModified", int32(total.modified))
	if upserted != nil {
		var index int32
		index, dst = bsoncore.AppendArrayElementStart(dst, "upserted")
		dst = append(dst, upserted...)
		dst, _ = bsoncore.AppendArrayEnd(dst, index) // fails only on a start that is out of range
	}
	return w.appendErrors(dst), nil
}

// statement is one statement of an update.
type statement struct {
	q, u, hint, sort value.Value
	multi, upsert    bool
}

func parseStatement(doc bsoncore.Document) (statement, error) {
	const command = "update.updates"
	var s statement
	for it := value.Elements(doc); it.Next(); {
		var err error
		switch field, v := string(it.Key()), it.Value(); field {
		case "q":
			s.q = v
		case "u":
			s.u = v
		case "hint":
			s.hint = v
		case "multi":
			s.multi, err = truth(command, field, v)
		case "upsert":
			s.upsert, err = truth(command, field, v)
		default:
			err = unknown(command, field)
		}
		if err != nil {
			return s, err
		}
	}
	if s.q.Type == value.Missing || s.u.Type == value.Missing {
		return s, failure.New(failure.MissingField, "a statement of '%s' needs 'q' and 'u'", command)
	}
	return s, nil
}

// outcome is what a statement did. Where it changed one document, before and after
// are that document's versions.
type outcome struct {
	matched, modified       int
	before, after, inserted bsoncore.Document
}

func (s statement) do(ctx context.Context, tx *store.Tx) (outcome, error) {
	var o outcome
	q, err := queryOf(tx.Version(), "update.updates", s.q, s.sort, s.hint)
	if err != nil {
		return o, err
	}
	u, err := update.Parse(s.u)
	if err != nil {
		return o, err
	}
	if s.multi && u.IsReplacement() {
		return o, failure.New(failure.FailedToParse, "multi update is not supported for replacement-style update")
	}
	if !s.multi {
		q.Limit = 1
	}
	found, err := matches(ctx, tx, q)
	if err != nil {
		return o, err
	}
	for _, doc := range found {
		next, err := u.Apply(doc)
		if err != nil {
			return o, err
		}
		o.before, o.after = doc, next
		o.matched++
		if bytes.Equal(doc, next) {
			continue
		}
		if err := tx.Replace(doc, next); err != nil {
			o.matched--
			return o, err
		}
		o.modified++
	}
	if len(found) > 0 || !s.upsert {
		return o, nil
	}
	next, err := u.Insert(q.Filter)
	if err != nil {
		return o, err
	}
	if next, err = store.Prepare(next); err != nil {
		return o, err
	}
	if err := tx.Insert(next); err != nil {
		return o, err
	}
	o.inserted, o.after = next, next
	return o, nil
}
