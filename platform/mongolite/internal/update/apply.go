package update

import (
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/value"
)

// Apply makes the next version of a document that is there.
func (u *Update) Apply(doc bsoncore.Document) (bsoncore.Document, error) {
	id := value.Lookup(doc, "_id")
	if u.IsReplacement() {
		return u.replace(id)
	}
	t := unfold(doc, false)
	if err := u.change(t, false); err != nil {
		return nil, err
	}
	next := bsoncore.Document(t.appendTo(make([]byte, 0, len(doc)+64)))
	if !value.EqualBytes(value.Lookup(next, "_id"), id) {
		return nil, failure.New(failure.ImmutableField, "Performing an update on the path '_id' would modify the immutable field '_id'")
	}
	return next, value.Storable(next)
}

// replace is the replacement under the identity of the document that was there.
func (u *Update) replace(id value.Value) (bsoncore.Document, error) {
	given := value.Lookup(u.replacement, "_id")
	if given.Type != value.Missing && value.Compare(given, id) != 0 {
		return nil, failure.New(failure.ImmutableField,
			"After applying the update, the (immutable) field '_id' was found to have been altered to _id: %s", given)
	}
	if err := value.Storable(u.replacement); err != nil {
		return nil, err
	}
	return value.WithID(id, u.replacement), nil
}

// Insert makes the document that an upsert inserts: the filter's equalities, then
// the update. It may have no _id.
func (u *Update) Insert(f *filter.Filter) (bsoncore.Document, error) {
	equalities := f.Equalities()
	if u.IsReplacement() {
		given := value.Lookup(u.replacement, "_id")
		for _, e := range equalities {
			if e.Path.String() != "_id" {
				continue
			}
			if given.Type == value.Missing {
				return value.WithID(e.Value, u.replacement), nil
			}
			if value.Compare(given, e.Value) != 0 {
				return nil, failure.New(failure.ImmutableField,
					"The _id field cannot be changed from {_id: %s} to {_id: %s}.", e.Value, given)
			}
		}
		return u.replacement, nil
	}
	t := &tree{}
	for _, e := range equalities {
		if m, err := t.reach(e.Path.Parts(), false); err != nil || m != nil {
			return nil, failure.New(failure.NotSingleValueField, "cannot infer query fields to set, path '%s' is matched twice", e.Path)
		}
		m, err := t.reach(e.Path.Parts(), true)
		if err != nil {
			return nil, err
		}
		m.set(e.Value)
	}
	at := t.find("_id")
	var id value.Value
	if at >= 0 {
		id = t.members[at].current()
	}
	if err := u.change(t, true); err != nil {
		return nil, err
	}
	doc := bsoncore.Document(t.appendTo(nil))
	if id.Type != value.Missing && value.Compare(value.Lookup(doc, "_id"), id) != 0 {
		return nil, failure.New(failure.ImmutableField, "Performing an update on the path '_id' would modify the immutable field '_id'")
	}
	return doc, nil
}

func (u *Update) change(t *tree, inserting bool) error {
	for i := range u.changes {
		c := &u.changes[i]
		if c.operator == "$setOnInsert" && !inserting {
			continue
		}
		if err := c.apply(t, c); err != nil {
			return err
		}
	}
	return nil
}
