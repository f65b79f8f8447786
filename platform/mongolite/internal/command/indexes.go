package command

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
)

func createIndexes(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	err = r.fields(func(field string, _ value.Value) (bool, error) {
		return field == "indexes" || field == "commitQuorum", nil
	})
	if err != nil {
		return nil, err
	}
	documents, err := r.documents("indexes")
	if err != nil {
		return nil, err
	}
	if len(documents) == 0 {
		return nil, failure.New(failure.BadValue, "Must specify at least one index to create")
	}
	specs := make([]store.Index, len(documents))
	for i, doc := range documents {
		if specs[i], err = parseIndex(doc); err != nil {
			return nil, err
		}
	}
	existed := e.store.Exists(r.db, name)
	tx, err := e.store.Write(r.db, name, true)
	if err != nil {
		return nil, err
	}
	defer tx.Commit()
	before, after, err := tx.CreateIndexes(specs)
	if err != nil {
		return nil, err
	}
	dst = bsoncore.AppendInt32Element(dst, "numIndexesBefore", int32(before))
	dst = bsoncore.AppendInt32Element(dst, "numIndexesAfter", int32(after))
	dst = bsoncore.AppendBooleanElement(dst, "createdCollectionAutomatically", !existed)
	if before == after {
		dst = bsoncore.AppendStringElement(dst, "note", "all indexes already exist")
	}
	return dst, nil
}

func parseIndex(doc bsoncore.Document) (store.Index, error) {
	var spec store.Index
	for it := value.Elements(doc); it.Next(); {
		var err error
		switch field, v := string(it.Key()), it.Value(); field {
		case "key":
			spec.Order, err = parseKey(v)
		case "name":
			spec.Name, err = text("createIndexes.indexes", field, v)
		case "unique":
			spec.Unique, err = truth("createIndexes.indexes", field, v)
		case "background":
			_, err = truth("createIndexes.indexes", field, v)
		case "v":
			if n, ok := value.Whole(v); !ok || n < 1 || n > 2 {
				err = failure.New(failure.CannotCreateIndex, "Invalid index specification: the version must be 1 or 2")
			}
		case "ns":
		default:
			err = unknown("createIndexes.indexes", field)
		}
		if err != nil {
			return spec, err
		}
	}
	switch {
	case len(spec.Order) == 0:
		return spec, failure.New(failure.CannotCreateIndex, "Index keys cannot be an empty object")
	case spec.Name == "":
		return spec, failure.New(failure.FailedToParse, "The 'name' field is a required property of an index specification")
	case spec.Name == "*":
		return spec, failure.New(failure.BadValue, "The index name '*' is not valid.")
	}
	return spec, nil
}

func parseKey(v value.Value) (value.Order, error) {
	if v.Type != bsoncore.TypeEmbeddedDocument {
		return nil, wrongType("createIndexes.indexes", "key", v, "object")
	}
	for it := value.Elements(v.Data); it.Next(); {
		if n, ok := value.Whole(it.Value()); !ok || n != 1 && n != -1 {
			return nil, failure.New(failure.CannotCreateIndex,
				"mongolite supports ascending (1) and descending (-1) index fields only, not '%s': %s", it.Key(), it.Value())
		}
	}
	order, err := value.ParseOrder(v.Data)
	if err != nil {
		return nil, failure.New(failure.CannotCreateIndex, "%v", err)
	}
	return order, nil
}

func listIndexes(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	err = r.fields(func(field string, v value.Value) (bool, error) {
		if field != "cursor" {
			return false, nil
		}
		err := cursorOption(r.command, v)
		return true, err
	})
	if err != nil {
		return nil, err
	}
	if !e.store.Exists(r.db, name) {
		return nil, failure.New(failure.NamespaceNotFound, "ns does not exist: %s.%s", r.db, name)
	}
	var list []bsoncore.Document
	for _, ix := range e.store.Read(r.db, name).Indexes() {
		doc := bsoncore.NewDocumentBuilder().AppendInt32("v", 2).AppendDocument("key", ix.Order.Document()).AppendString("name", ix.Name)
		if ix.Unique && ix.Name != "_id_" {
			doc.AppendBoolean("unique", true)
		}
		list = append(list, doc.Build())
	}
	return appendList(dst, r.db, name, list), nil
}

func dropIndexes(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	var which value.Value
	err = r.fields(func(field string, v value.Value) (bool, error) {
		which = v
		return field == "index", nil
	})
	if err != nil {
		return nil, err
	}
	tx, err := e.store.Write(r.db, name, false)
	if err != nil {
		return nil, err
	}
	if tx == nil {
		return nil, failure.New(failure.NamespaceNotFound, "ns not found %s.%s", r.db, name)
	}
	defer tx.Commit()
	indexes := tx.Version().Indexes()
	names, err := chooseIndexes(tx.Version(), which)
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if err := tx.DropIndex(n); err != nil {
			return nil, err
		}
	}
	return bsoncore.AppendInt32Element(dst, "nIndexesWas", int32(len(indexes))), nil
}

// chooseIndexes reads dropIndexes' index: a name, several, a key, or "*".
func chooseIndexes(version *store.Version, which value.Value) ([]string, error) {
	switch which.Type {
	case bsoncore.TypeString:
		if value.Text(which) != "*" {
			return []string{value.Text(which)}, nil
		}
		var names []string
		for _, ix := range version.Indexes()[1:] {
			names = append(names, ix.Name)
		}
		return names, nil
	case bsoncore.TypeArray:
		var names []string
		for it := value.Elements(which.Data); it.Next(); {
			name, err := text("dropIndexes", "index", it.Value())
			if err != nil {
				return nil, err
			}
			names = append(names, name)
		}
		return names, nil
	case bsoncore.TypeEmbeddedDocument:
		order, err := value.ParseOrder(which.Data)
		if err != nil {
			return nil, err
		}
		name, found := version.IndexOn(order)
		if !found {
			return nil, failure.New(failure.IndexNotFound, "can't find index with key: %s", bsoncore.Document(which.Data))
		}
		return []string{name}, nil
	default:
		return nil, wrongType("dropIndexes", "index", which, "string or object")
	}
}
