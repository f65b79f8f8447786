package store

import (
	"strings"

	"github.com/tidwall/btree"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
)

// degree of the trees: small enough that copying a node on write is cheap.
const degree = 16

// record is a document under its _id's key.
type record struct {
	key string
	doc bsoncore.Document
}

// entry is an index's key for a document. The key ends with the document's own,
// so that it is unique and equal keys have an order.
type entry struct {
	key string
	id  string
}

// Index is what an index was created with.
type Index struct {
	Name   string
	Order  value.Order
	Unique bool
}

type index struct {
	Index
	entries *btree.BTreeG[entry]
	// size is how many bytes the keys in entries have.
	size int64
	// through has a bit for each field that has ever led through an array.
	through uint32
	dirty   bool
}

// Version is a collection at one moment. Nothing in it changes any more, except in
// the writer's own.
type Version struct {
	docs *btree.BTreeG[record]
	// size is how many bytes the documents in docs have.
	size    int64
	indexes []*index
	dirty   bool
	// changes is how many documents a writer has put or dropped and not published.
	changes uint64
}

func newVersion() *Version {
	return &Version{docs: btree.NewBTreeGOptions(
		func(a, b record) bool { return a.key < b.key }, btree.Options{Degree: degree, NoLocks: true})}
}

func newIndex(spec Index) *index {
	return &index{Index: spec, dirty: true, entries: btree.NewBTreeGOptions(
		func(a, b entry) bool { return a.key < b.key }, btree.Options{Degree: degree, NoLocks: true})}
}

// Len is the number of documents.
func (v *Version) Len() int { return v.docs.Len() }

// Indexes lists the indexes, the one on _id first.
func (v *Version) Indexes() []Index {
	indexes := []Index{byID}
	for _, ix := range v.indexes {
		indexes = append(indexes, ix.Index)
	}
	return indexes
}

// byID is the index that every collection has: the documents' own order.
var byID = func() Index {
	order, err := value.ParseOrder(bsoncore.NewDocumentBuilder().AppendInt32("_id", 1).Build())
	if err != nil {
		panic(err) // a constant
	}
	return Index{Name: "_id_", Order: order, Unique: true}
}()

// publish copies what is dirty, by reference, into a version for readers.
func (v *Version) publish(before *Version) *Version {
	next := &Version{docs: before.docs, size: v.size, indexes: make([]*index, len(v.indexes))}
	if v.dirty {
		next.docs = v.docs.Copy()
		v.dirty = false
	}
	for i, ix := range v.indexes {
		if ix.dirty {
			next.indexes[i] = &index{Index: ix.Index, entries: ix.entries.Copy(), size: ix.size, through: ix.through}
			ix.dirty = false
			continue
		}
		for _, published := range before.indexes {
			if published.Name == ix.Name {
				next.indexes[i] = published
			}
		}
	}
	return next
}

func idKey(id value.Value) string {
	var scratch [64]byte
	return string(value.AppendKey(scratch[:0], id))
}

// holder finds which document of a unique index already has the key.
func (ix *index) holder(key []byte) (id string, found bool) {
	ix.entries.Ascend(entry{key: string(key)}, func(e entry) bool {
		if strings.HasPrefix(e.key, string(key)) {
			id, found = e.id, true
		}
		return false
	})
	return id, found
}
