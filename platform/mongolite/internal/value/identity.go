package value

import "go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

// WithID puts the id first in a copy of the document.
func WithID(id Value, doc bsoncore.Document) bsoncore.Document {
	it := Elements(doc)
	if it.Next() && string(it.Key()) == "_id" && EqualBytes(it.Value(), id) {
		return append(bsoncore.Document(nil), doc...)
	}
	start, dst := bsoncore.AppendDocumentStart(make([]byte, 0, len(doc)+len(id.Data)+8))
	dst = append(bsoncore.AppendHeader(dst, id.Type, "_id"), id.Data...)
	for it := Elements(doc); it.Next(); {
		if string(it.Key()) == "_id" {
			continue
		}
		dst = append(bsoncore.AppendHeader(dst, it.Value().Type, string(it.Key())), it.Value().Data...)
	}
	dst, _ = bsoncore.AppendDocumentEnd(dst, start) // fails only on a start that is out of range
	return dst
}
