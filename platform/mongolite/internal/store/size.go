package store

import "go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

// Size is how many bytes are stored: the documents, and the keys of their indexes. What holds them together comes on top.
type Size struct{ Documents, Keys int64 }

// Size is that of all collections, as readers see them. It is counted as they change, and so costs nothing to ask for.
func (s *Store) Size() (all Size) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, collections := range s.databases {
		for _, c := range collections {
			v := c.current.Load()
			all.Documents += v.size
			for _, ix := range v.indexes {
				all.Keys += ix.size
			}
		}
	}
	return all
}

// put stores a document, in the place of the one that is there.
func (v *Version) put(key string, doc bsoncore.Document) {
	before, _ := v.docs.Set(record{key: key, doc: doc})
	v.size += int64(len(doc)) - int64(len(before.doc))
	v.dirty, v.changes = true, v.changes+1
}

func (v *Version) drop(key string) {
	before, _ := v.docs.Delete(record{key: key})
	v.size -= int64(len(before.doc))
	v.dirty, v.changes = true, v.changes+1
}

func (ix *index) put(e entry) {
	before, _ := ix.entries.Set(e)
	ix.size += int64(len(e.key)) - int64(len(before.key))
	ix.dirty = true
}

func (ix *index) drop(e entry) {
	before, _ := ix.entries.Delete(e)
	ix.size -= int64(len(before.key))
	ix.dirty = true
}
