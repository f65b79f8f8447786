package command

import (
	"context"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/value"
)

// listing is what the commands that list things may carry.
type listing struct {
	filter   *filter.Filter
	nameOnly bool
}

func parseListing(r *request) (listing, error) {
	l := listing{}
	var where bsoncore.Document
	err := r.fields(func(field string, v value.Value) (bool, error) {
		var err error
		switch field {
		case "filter":
			where, err = document(r.command, field, v)
		case "nameOnly":
			l.nameOnly, err = truth(r.command, field, v)
		case "authorizedCollections", "authorizedDatabases":
			_, err = truth(r.command, field, v)
		case "cursor":
			err = cursorOption(r.command, v)
		default:
			return false, nil
		}
		return true, err
	})
	if err == nil {
		l.filter, err = filter.Parse(where)
	}
	return l, err
}

// cursorOption reads {batchSize: n}. What is listed fits into one batch.
func cursorOption(command string, v value.Value) error {
	doc, err := document(command, "cursor", v)
	if doc == nil || err != nil {
		return err
	}
	for it := value.Elements(doc); it.Next(); {
		if string(it.Key()) != "batchSize" {
			return unknown(command+".cursor", string(it.Key()))
		}
		if _, err := amount(command, "cursor.batchSize", it.Value()); err != nil {
			return err
		}
	}
	return nil
}

func listDatabases(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	l, err := parseListing(r)
	if err != nil {
		return nil, err
	}
	list := bsoncore.NewArrayBuilder()
	for _, name := range e.store.Databases() {
		doc := bsoncore.NewDocumentBuilder().AppendString("name", name)
		if !l.nameOnly {
			doc.AppendInt64("sizeOnDisk", 0).AppendBoolean("empty", false)
		}
		if built := doc.Build(); l.filter.Matches(built) {
			list.AppendDocument(built)
		}
	}
	dst = bsoncore.AppendArrayElement(dst, "databases", list.Build())
	return bsoncore.AppendInt64Element(dst, "totalSize", 0), nil
}

func listCollections(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	l, err := parseListing(r)
	if err != nil {
		return nil, err
	}
	var list []bsoncore.Document
	for _, name := range e.store.Collections(r.db) {
		doc := bsoncore.NewDocumentBuilder().AppendString("name", name).AppendString("type", "collection")
		if !l.nameOnly {
			doc.AppendDocument("options", bsoncore.NewDocumentBuilder().Build())
			doc.AppendDocument("info", bsoncore.NewDocumentBuilder().AppendBoolean("readOnly", false).Build())
		}
		if built := doc.Build(); l.filter.Matches(built) {
			list = append(list, built)
		}
	}
	return appendList(dst, r.db, "$cmd.listCollections", list), nil
}

// appendList appends a cursor field that has everything in its first batch.
func appendList(dst []byte, db, collection string, list []bsoncore.Document) []byte {
	start, dst := bsoncore.AppendDocumentElementStart(dst, "cursor")
	batch, dst := bsoncore.AppendArrayElementStart(dst, "firstBatch")
	for i, doc := range list {
		dst = bsoncore.AppendDocumentElement(dst, strconv.Itoa(i), doc)
	}
	dst, _ = bsoncore.AppendArrayEnd(dst, batch) // fails only on a start that is out of range
	return (&cursor{db: db, collection: collection}).end(dst, start, 0)
}

func create(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	if err := r.fields(nothing); err != nil {
		return nil, err
	}
	_, created, err := e.store.Create(r.db, name)
	if err == nil && !created {
		err = failure.New(failure.NamespaceExists, "Collection %s.%s already exists.", r.db, name)
	}
	return dst, err
}

func drop(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	if err := r.fields(nothing); err != nil {
		return nil, err
	}
	if !e.store.Drop(r.db, name) {
		return nil, failure.New(failure.NamespaceNotFound, "ns not found")
	}
	return bsoncore.AppendStringElement(dst, "ns", r.db+"."+name), nil
}

func dropDatabase(e *Engine, _ context.Context, r *request, dst []byte) ([]byte, error) {
	if err := r.fields(nothing); err != nil {
		return nil, err
	}
	e.store.DropDatabase(r.db)
	return bsoncore.AppendStringElement(dst, "dropped", r.db), nil
}
