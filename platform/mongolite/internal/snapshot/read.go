package snapshot

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
)

// Read makes a store of the snapshot at path. It returns ErrCorrupt for a file that
// is no whole snapshot, and an error that is fs.ErrNotExist where there is none.
func Read(path string) (*store.Store, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the snapshot: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	s, err := decode(bufio.NewReaderSize(f, 256<<10))
	if err != nil {
		return nil, fmt.Errorf("read the snapshot: %w", err)
	}
	return s, nil
}

func decode(r io.Reader) (*store.Store, error) {
	head := make([]byte, len(magic)+1)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, cut(err)
	}
	if string(head[:len(magic)]) != magic {
		return nil, corrupt("it doesn't begin as one")
	}
	if head[len(magic)] != version {
		return nil, corrupt("format %d, where this version reads %d", head[len(magic)], version)
	}
	d := decoder{store: store.New()}
	for !d.ended {
		kind, payload, err := readFrame(r)
		if err != nil {
			return nil, err
		}
		if err := d.frame(kind, payload); err != nil {
			return nil, err
		}
	}
	if n, _ := r.Read(make([]byte, 1)); n > 0 {
		return nil, corrupt("bytes behind its end")
	}
	return d.store, nil
}

// decoder gathers a collection's frames until the next collection begins.
type decoder struct {
	store                  *store.Store
	current                bsoncore.Document // describes the collection being gathered
	gathered               []bsoncore.Document
	collections, documents int64
	ended                  bool
}

func (d *decoder) frame(kind byte, payload []byte) error {
	switch kind {
	case kindCollection, kindEnd:
		if value.Validate(payload) != nil {
			return corrupt("a frame is not BSON")
		}
		if err := d.finish(); err != nil {
			return err
		}
		if kind == kindCollection {
			d.current = payload
			return nil
		}
		d.ended = true
		collections, _ := value.Whole(value.Lookup(payload, "collections"))
		documents, _ := value.Whole(value.Lookup(payload, "documents"))
		if collections != d.collections || documents != d.documents {
			return corrupt("%d collections and %d documents, where its end counts %d and %d",
				d.collections, d.documents, collections, documents)
		}
		return nil
	case kindDocuments:
		return d.block(payload)
	default:
		return corrupt("a frame of kind %d", kind)
	}
}

func (d *decoder) block(payload []byte) error {
	for len(payload) > 0 {
		if len(payload) < 5 {
			return corrupt("a document is cut short")
		}
		n := int64(int32(binary.LittleEndian.Uint32(payload)))
		if n < 5 || n > int64(len(payload)) || value.Validate(payload[:n]) != nil || value.Storable(payload[:n]) != nil {
			return corrupt("a document is not BSON")
		}
		// A copy, so that one document that lives on does not keep its whole block.
		d.gathered = append(d.gathered, append(bsoncore.Document(nil), payload[:n]...))
		payload = payload[n:]
	}
	return nil
}

// finish puts the gathered collection into the store.
func (d *decoder) finish() error {
	if d.current == nil {
		if len(d.gathered) > 0 {
			return corrupt("documents of no collection")
		}
		return nil
	}
	database, okDatabase := value.Lookup(d.current, "database").StringValueOK()
	name, okName := value.Lookup(d.current, "name").StringValueOK()
	list, okIndexes := value.Lookup(d.current, "indexes").ArrayOK()
	if !okDatabase || !okName || !okIndexes {
		return corrupt("a collection without its name or indexes")
	}
	if n, _ := value.Whole(value.Lookup(d.current, "documents")); n != int64(len(d.gathered)) {
		return corrupt("%s.%s has %d documents, and not %d", database, name, len(d.gathered), n)
	}
	var indexes []store.Index
	for it := value.Elements(list); it.Next(); {
		ix, err := parseIndex(it.Value())
		if err != nil {
			return err
		}
		indexes = append(indexes, ix)
	}
	if err := d.store.Restore(database, name, indexes, d.gathered); err != nil {
		return corrupt("%v", err)
	}
	d.collections++
	d.documents += int64(len(d.gathered))
	d.current, d.gathered = nil, nil
	return nil
}

func parseIndex(v value.Value) (store.Index, error) {
	doc, ok := v.DocumentOK()
	if !ok {
		return store.Index{}, corrupt("an index is no document")
	}
	name, okName := value.Lookup(doc, "name").StringValueOK()
	key, okKey := value.Lookup(doc, "key").DocumentOK()
	unique, okUnique := value.Lookup(doc, "unique").BooleanOK()
	if !okName || !okKey || !okUnique {
		return store.Index{}, corrupt("an index without its name or key")
	}
	order, err := value.ParseOrder(key)
	if err != nil || len(order) == 0 {
		return store.Index{}, corrupt("the index '%s' has no order", name)
	}
	return store.Index{Name: name, Order: order, Unique: unique}, nil
}
