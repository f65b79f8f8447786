package command

import (
	"context"
	"runtime"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
)

// maxWrites is how many documents or statements one command may carry.
const maxWrites = 100_000

// write is what insert, update and delete have in common: many statements, each
// with a result or an error of its own.
type write struct {
	collection string
	ordered    bool
	statements []bsoncore.Document
	errors     []byte // the elements of writeErrors
	failed     int
}

func newWrite(r *request, statements string) (*write, error) {
	w := &write{ordered: true}
	var err error
	if w.collection, err = r.collection(); err != nil {
		return nil, err
	}
	err = r.fields(func(field string, v value.Value) (bool, error) {
		var err error
		switch field {
		case statements:
		case "ordered":
			w.ordered, err = truth(r.command, field, v)
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
	if w.statements, err = r.documents(statements); err != nil {
		return nil, err
	}
	if n := len(w.statements); n == 0 || n > maxWrites {
		return nil, failure.New(failure.InvalidLength, "Write batch sizes must be between 1 and %d. Got %d operations.", maxWrites, n)
	}
	return w, nil
}

// each does the statements in turn, until the first that fails if they are ordered.
func (w *write) each(ctx context.Context, e *Engine, do func(i int, statement bsoncore.Document) error) error {
	for i, statement := range w.statements {
		if i%16 == 15 {
			runtime.Gosched() // a long command of one client lets short ones of others through
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		err := do(i, statement)
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return err
		}
		index, dst := bsoncore.AppendDocumentElementStart(w.errors, strconv.Itoa(w.failed))
		dst = bsoncore.AppendInt32Element(dst, "index", int32(i))
		dst = appendErrorFields(dst, e.refine(err))
		w.errors, _ = bsoncore.AppendDocumentEnd(dst, index) // fails only on a start that is out of range
		w.failed++
		if w.ordered {
			break
		}
	}
	return nil
}

func (w *write) appendErrors(dst []byte) []byte {
	if w.failed == 0 {
		return dst
	}
	index, dst := bsoncore.AppendArrayElementStart(dst, "writeErrors")
	dst = append(dst, w.errors...)
	dst, _ = bsoncore.AppendArrayEnd(dst, index) // fails only on a start that is out of range
	return dst
}

func insert(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	w, err := newWrite(r, "documents")
	if err != nil {
		return nil, err
	}
	tx, err := e.store.Write(r.db, w.collection, true)
	if err != nil {
		return nil, err
	}
	defer tx.Commit()
	n := 0
	err = w.each(ctx, e, func(_ int, statement bsoncore.Document) error {
		doc, err := store.Prepare(statement)
		if err == nil {
			err = tx.Insert(doc)
		}
		if err == nil {
			n++
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	dst = bsoncore.AppendInt32Element(dst, "n", int32(n))
	return w.appendErrors(dst), nil
}

func deleteDocuments(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	w, err := newWrite(r, "deletes")
	if err != nil {
		return nil, err
	}
	deletes := make([]deletion, len(w.statements))
	for i, statement := range w.statements {
		if deletes[i], err = parseDeletion(statement); err != nil {
			return nil, err
		}
	}
	tx, err := e.store.Write(r.db, w.collection, false)
	if err != nil {
		return nil, err
	}
	n := 0
	if tx != nil {
		defer tx.Commit()
		err = w.each(ctx, e, func(i int, _ bsoncore.Document) error {
			q, err := queryOf(tx.Version(), "deletes", deletes[i].q, value.Value{}, deletes[i].hint)
			if err != nil {
				return err
			}
			q.Limit = deletes[i].limit
			found, err := matches(ctx, tx, q)
			if err != nil {
				return err
			}
			for _, doc := range found {
				tx.Delete(doc)
				n++
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	dst = bsoncore.AppendInt32Element(dst, "n", int32(n))
	return w.appendErrors(dst), nil
}

// deletion is one statement of a delete.
type deletion struct {
	q, hint value.Value
	limit   int64
}

func parseDeletion(statement bsoncore.Document) (deletion, error) {
	d := deletion{limit: -1}
	for it := value.Elements(statement); it.Next(); {
		var err error
		switch field := string(it.Key()); field {
		case "q":
			d.q = it.Value()
		case "hint":
			d.hint = it.Value()
		case "limit":
			d.limit, err = whole("delete.deletes", field, it.Value())
			if err == nil && d.limit != 0 && d.limit != 1 {
				err = failure.New(failure.FailedToParse, "The limit field in delete objects must be 0 or 1. Got %d", d.limit)
			}
		default:
			err = unknown("delete.deletes", field)
		}
		if err != nil {
			return d, err
		}
	}
	if d.q.Type == value.Missing || d.limit < 0 {
		return d, failure.New(failure.MissingField, "a statement of 'delete.deletes' needs 'q' and 'limit'")
	}
	return d, nil
}

// matches collects what a write is about before the write changes it.
func matches(ctx context.Context, tx *store.Tx, q store.Query) ([]bsoncore.Document, error) {
	rows, err := tx.Version().Find(q)
	if err != nil {
		return nil, err
	}
	var found []bsoncore.Document
	for {
		doc, err := rows.Next(ctx)
		if doc == nil || err != nil {
			return found, err
		}
		found = append(found, doc)
	}
}
