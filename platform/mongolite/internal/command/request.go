package command

import (
	"time"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
	"tiffin/platform/mongolite/internal/wire"
)

// request is a command with what every command may carry already read.
type request struct {
	message *wire.Message
	command string      // the first field's name
	target  value.Value // and its value: the collection, for most
	db      string
	maxTime time.Duration
}

func newRequest(m *wire.Message) (*request, error) {
	it := value.Elements(m.Body)
	if !it.Next() {
		return nil, failure.New(failure.CommandNotFound, "no such command: ''")
	}
	return &request{message: m, command: string(it.Key()), target: it.Value()}, nil
}

// common reads the fields that every command may carry.
func (r *request) common() error {
	r.db, _ = r.message.Legacy()
	it := value.Elements(r.message.Body)
	it.Next()
	for it.Next() {
		var err error
		switch v := it.Value(); string(it.Key()) {
		case "$db":
			r.db, err = text(r.command, "$db", v)
		case "maxTimeMS":
			var ms int64
			if ms, err = whole(r.command, "maxTimeMS", v); err == nil && ms < 0 {
				err = failure.New(failure.BadValue, "maxTimeMS must be non-negative")
			}
			r.maxTime = time.Duration(ms) * time.Millisecond
		case "readConcern":
			err = checkReadConcern(v)
		case "writeConcern":
			err = checkWriteConcern(v)
		case "txnNumber", "startTransaction", "autocommit":
			err = failure.New(failure.IllegalOperation, "Transaction numbers are only allowed on a replica set member or mongos")
		}
		if err != nil {
			return err
		}
	}
	return store.ValidDatabase(r.db)
}

func checkReadConcern(v value.Value) error {
	if v.Type != bsoncore.TypeEmbeddedDocument {
		return wrongType("", "readConcern", v, "object")
	}
	for it := value.Elements(v.Data); it.Next(); {
		level := it.Value()
		if string(it.Key()) != "level" || level.Type != bsoncore.TypeString {
			return failure.New(failure.InvalidOptions, "mongolite does not support the read concern's field '%s'", it.Key())
		}
		switch l := value.Text(level); l {
		case "local", "available", "majority":
		default:
			return failure.New(failure.InvalidOptions, "mongolite does not support the read concern '%s'", l)
		}
	}
	return nil
}

func checkWriteConcern(v value.Value) error {
	if v.Type != bsoncore.TypeEmbeddedDocument {
		return wrongType("", "writeConcern", v, "object")
	}
	for it := value.Elements(v.Data); it.Next(); {
		switch w := it.Value(); string(it.Key()) {
		case "w":
			n, isNumber := value.Whole(w)
			if isNumber && n >= 0 && n <= 1 || w.Type == bsoncore.TypeString && value.Text(w) == "majority" {
				continue
			}
			return failure.New(failure.BadValue, "cannot use 'w' > 1 or a tag when a host is not replicated")
		case "j", "wtimeout", "fsync", "provenance":
		default:
			return failure.New(failure.UnknownField, "BSON field 'writeConcern.%s' is an unknown field.", it.Key())
		}
	}
	return nil
}

// fields walks the command's own fields, as read names them. Documents that came
// beside the body are given as an array's would be.
func (r *request) fields(read func(name string, v value.Value) (known bool, err error)) error {
	it := value.Elements(r.message.Body)
	it.Next()
	for it.Next() {
		name := string(it.Key())
		switch name {
		case "$db", "lsid", "$clusterTime", "$readPreference", "comment", "maxTimeMS", "readConcern", "writeConcern":
			continue
		}
		known, err := read(name, it.Value())
		if err != nil {
			return err
		}
		if !known {
			return unknown(r.command, name)
		}
	}
	return nil
}

// documents gives the documents of a field, which may stand in the body or beside it.
// Nothing else may stand beside the body.
func (r *request) documents(field string) ([]bsoncore.Document, error) {
	for _, s := range r.message.Sequences {
		if s.Field != field {
			return nil, unknown(r.command, s.Field)
		}
	}
	array := value.Lookup(r.message.Body, field)
	if len(r.message.Sequences) > 0 {
		if array.Type != value.Missing {
			return nil, failure.New(failure.FailedToParse, "'%s' stands in the command and beside it", field)
		}
		return r.message.Sequences[0].Documents, nil
	}
	if array.Type == value.Missing {
		return nil, failure.New(failure.MissingField, "BSON field '%s.%s' is missing but a required field", r.command, field)
	}
	if array.Type != bsoncore.TypeArray {
		return nil, wrongType(r.command, field, array, "array")
	}
	var documents []bsoncore.Document
	for it := value.Elements(array.Data); it.Next(); {
		if it.Value().Type != bsoncore.TypeEmbeddedDocument {
			return nil, wrongType(r.command, field+"."+string(it.Key()), it.Value(), "object")
		}
		documents = append(documents, it.Value().Data)
	}
	return documents, nil
}

// collection is the command's target.
func (r *request) collection() (string, error) {
	if len(r.message.Sequences) > 0 {
		switch r.command {
		case "insert", "update", "delete":
		default:
			return "", unknown(r.command, r.message.Sequences[0].Field)
		}
	}
	name, err := text(r.command, r.command, r.target)
	if err == nil && name == "" {
		err = failure.New(failure.InvalidNamespace, "Invalid namespace specified '%s.'", r.db)
	}
	return name, err
}
