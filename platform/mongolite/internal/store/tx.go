package store

import (
	"bytes"
	"slices"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// Tx is a write to one collection. It sees its own changes; readers see them after
// Commit. It doesn't roll back: each change is whole by itself.
type Tx struct {
	c *Collection
}

// Commit shows the changes to readers and lets the next writer in.
func (tx *Tx) Commit() {
	c := tx.c
	defer c.mu.Unlock()
	if !c.work.isDirty() {
		return
	}
	next := c.work.publish(c.current.Load())
	c.store.commit.Lock()
	c.current.Store(next)
	c.store.changes += max(1, c.work.changes) // of indexes alone: one
	c.store.commit.Unlock()
	c.work.changes = 0
}

func (v *Version) isDirty() bool {
	return v.dirty || slices.ContainsFunc(v.indexes, func(ix *index) bool { return ix.dirty })
}

// Version is the collection as this write has it.
func (tx *Tx) Version() *Version { return tx.c.work }

// Insert adds a document that Prepare has made.
func (tx *Tx) Insert(doc bsoncore.Document) error {
	id := value.Lookup(doc, "_id")
	key := idKey(id)
	w := tx.c.work
	if _, found := w.docs.Get(record{key: key}); found {
		return tx.duplicate(byID, doc, []byte(key))
	}
	after, err := tx.entries(doc, key)
	if err != nil {
		return err
	}
	w.put(key, doc)
	for i, ix := range w.indexes {
		ix.change(nil, after[i], key)
	}
	return nil
}

// Replace puts the next version of a document in its place. Both have the same _id.
func (tx *Tx) Replace(before, next bsoncore.Document) error {
	key := idKey(value.Lookup(before, "_id"))
	w := tx.c.work
	var moved [][][]byte // the new keys, by index; none where the keys stay as they are
	for i, ix := range w.indexes {
		if ix.Order.SameFields(before, next) {
			continue // most updates leave most indexes alone
		}
		if moved == nil {
			moved = make([][][]byte, len(w.indexes))
		}
		keys, err := tx.free(ix, next, key)
		if err != nil {
			return err
		}
		moved[i] = keys
	}
	w.put(key, next)
	for i, after := range moved {
		if after != nil {
			old, _ := w.indexes[i].Order.Keys(before) // it was indexed, so it can be
			w.indexes[i].change(old.All, after, key)
		}
	}
	return nil
}

// Delete removes a document.
func (tx *Tx) Delete(doc bsoncore.Document) {
	key := idKey(value.Lookup(doc, "_id"))
	w := tx.c.work
	w.drop(key)
	for _, ix := range w.indexes {
		old, _ := ix.Order.Keys(doc) // it was indexed, so it can be
		ix.change(old.All, nil, key)
	}
}

// entries makes a document's keys in every index and checks that the unique ones
// are free. Nothing has changed if it fails.
func (tx *Tx) entries(doc bsoncore.Document, id string) ([][][]byte, error) {
	indexes := tx.c.work.indexes
	if len(indexes) == 0 {
		return nil, nil
	}
	all := make([][][]byte, len(indexes))
	for i, ix := range indexes {
		keys, err := tx.free(ix, doc, id)
		if err != nil {
			return nil, err
		}
		all[i] = keys
	}
	return all, nil
}

// free makes a document's keys in one index, none of which another document may hold
// if the index is unique.
func (tx *Tx) free(ix *index, doc bsoncore.Document, id string) ([][]byte, error) {
	keys, err := ix.Order.Keys(doc)
	if err != nil {
		return nil, err
	}
	if ix.Unique {
		for _, key := range keys.All {
			if holder, taken := ix.holder(key); taken && holder != id {
				return nil, tx.duplicate(ix.Index, doc, key)
			}
		}
	}
	if ix.through|keys.Through != ix.through {
		ix.through |= keys.Through
		ix.dirty = true
	}
	return keys.All, nil
}

// change moves a document from its old keys to its new ones.
func (ix *index) change(before, after [][]byte, id string) {
	for _, key := range before {
		if !contains(after, key) {
			ix.drop(newEntry(key, id))
		}
	}
	for _, key := range after {
		if !contains(before, key) {
			ix.put(newEntry(key, id))
		}
	}
}

func newEntry(key []byte, id string) entry {
	full := string(key) + id
	return entry{key: full, id: full[len(key):]}
}

func contains(sorted [][]byte, key []byte) bool {
	if len(sorted) == 1 {
		return bytes.Equal(sorted[0], key)
	}
	_, found := slices.BinarySearchFunc(sorted, key, bytes.Compare)
	return found
}

func (tx *Tx) duplicate(spec Index, doc bsoncore.Document, key []byte) error {
	violated := spec.Order.ValuesOf(doc, key)
	e := failure.New(failure.DuplicateKey, "E11000 duplicate key error collection: %s.%s index: %s dup key: %s",
		tx.c.db, tx.c.name, spec.Name, violated)
	e.KeyPattern, e.KeyValue = spec.Order.Document(), violated
	return e
}

// Prepare makes a document ready to be inserted: checked, a copy of its own, with
// an _id in front.
func Prepare(doc bsoncore.Document) (bsoncore.Document, error) {
	if err := value.Storable(doc); err != nil {
		return nil, err
	}
	id := value.Lookup(doc, "_id")
	switch id.Type {
	case bsoncore.TypeArray:
		return nil, failure.New(failure.InvalidIDField, "The '_id' value cannot be of type array")
	case value.Missing:
		id = newID()
	}
	return value.WithID(id, doc), nil
}
