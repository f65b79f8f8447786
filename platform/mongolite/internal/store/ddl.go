package store

import (
	"slices"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// CreateIndexes builds the indexes that are not there yet, all of them or none.
// It returns how many there were before and after, the one on _id included.
func (tx *Tx) CreateIndexes(specs []Index) (before, after int, err error) {
	w := tx.c.work
	before = len(w.indexes) + 1
	var built []*index
	for _, spec := range specs {
		exists, err := w.conflict(spec, built)
		if err != nil {
			return before, before, err
		}
		if exists {
			continue
		}
		ix, err := tx.build(spec)
		if err != nil {
			return before, before, err
		}
		built = append(built, ix)
	}
	w.indexes = append(w.indexes, built...)
	return before, len(w.indexes) + 1, nil
}

// conflict compares a wanted index with those that are there, as MongoDB does.
func (v *Version) conflict(spec Index, built []*index) (exists bool, err error) {
	indexes := v.Indexes()
	for _, ix := range built {
		indexes = append(indexes, ix.Index)
	}
	for _, ix := range indexes {
		sameKey, sameName := same(ix.Order, spec.Order), ix.Name == spec.Name
		switch {
		case sameKey && ix.Name == byID.Name:
			return true, nil
		case sameKey && sameName && ix.Unique == spec.Unique:
			return true, nil
		case sameName:
			return false, failure.New(failure.IndexKeySpecsConflict,
				"An existing index has the same name as the requested index. Requested index: %s %s, existing index: %s %s",
				spec.Name, spec.Order.Document(), ix.Name, ix.Order.Document())
		case sameKey:
			return false, failure.New(failure.IndexOptionsConflict, "Index already exists with a different name: %s", ix.Name)
		}
	}
	return false, nil
}

func same(a, b value.Order) bool {
	return slices.EqualFunc(a, b, func(x, y value.Field) bool {
		return x.Path.String() == y.Path.String() && x.Descending == y.Descending
	})
}

// build makes an index from all documents.
func (tx *Tx) build(spec Index) (*index, error) {
	ix := newIndex(spec)
	var err error
	tx.c.work.docs.Scan(func(r record) bool {
		var keys value.Keys
		if keys, err = spec.Order.Keys(r.doc); err != nil {
			return false
		}
		ix.through |= keys.Through
		for _, key := range keys.All {
			if spec.Unique {
				if _, taken := ix.holder(key); taken {
					err = tx.duplicate(spec, r.doc, key)
					return false
				}
			}
			ix.put(newEntry(key, r.key))
		}
		return true
	})
	return ix, err
}

// DropIndex removes an index by name. The one on _id stays.
func (tx *Tx) DropIndex(name string) error {
	w := tx.c.work
	if name == byID.Name {
		return failure.New(failure.InvalidOptions, "cannot drop _id index")
	}
	at := slices.IndexFunc(w.indexes, func(ix *index) bool { return ix.Name == name })
	if at < 0 {
		return failure.New(failure.IndexNotFound, "index not found with name [%s]", name)
	}
	w.indexes = slices.Delete(w.indexes, at, at+1)
	w.dirty = true // so that Commit publishes
	return nil
}

// IndexOn names the index with this order.
func (v *Version) IndexOn(order value.Order) (name string, found bool) {
	for _, ix := range v.Indexes() {
		if same(ix.Order, order) {
			return ix.Name, true
		}
	}
	return "", false
}
