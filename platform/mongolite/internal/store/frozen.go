package store

import (
	"iter"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// Frozen is a collection as it was when the store was frozen.
type Frozen struct {
	Database, Name string
	version        *Version
}

// Freeze takes all collections as they are at one moment. It costs nothing that
// grows with the documents, and holds writers up for as little. The number of
// changes so far tells two equal moments.
func (s *Store) Freeze() (all []Frozen, changes uint64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.commit.Lock()
	defer s.commit.Unlock()
	for db, collections := range s.databases {
		for name, c := range collections {
			all = append(all, Frozen{Database: db, Name: name, version: c.current.Load()})
		}
	}
	return all, s.changes
}

// Indexes lists the collection's indexes but for the one on _id.
func (f Frozen) Indexes() []Index { return f.version.Indexes()[1:] }

// Len is the number of documents.
func (f Frozen) Len() int { return f.version.Len() }

// Documents walks the documents.
func (f Frozen) Documents() iter.Seq[bsoncore.Document] {
	return func(yield func(bsoncore.Document) bool) {
		f.version.docs.Scan(func(r record) bool { return yield(r.doc) })
	}
}

// Restore puts a collection back that a Frozen was written from. The documents
// must be valid and in the order of Documents, which makes it fast and is
// checked. The indexes are built last.
func (s *Store) Restore(db, name string, indexes []Index, documents []bsoncore.Document) error {
	if _, _, err := s.Create(db, name); err != nil {
		return err
	}
	tx, err := s.Write(db, name, true)
	if err != nil {
		return err
	}
	defer tx.Commit()
	last := ""
	for _, doc := range documents {
		key := idKey(value.Lookup(doc, "_id"))
		if key <= last {
			return failure.New(failure.InternalError, "the documents of %s.%s are out of order", db, name)
		}
		last = key
		tx.c.work.docs.Load(record{key: key, doc: doc})
		tx.c.work.size += int64(len(doc))
	}
	tx.c.work.dirty = true
	_, _, err = tx.CreateIndexes(indexes)
	return err
}
