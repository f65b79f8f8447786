package value

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
)

const (
	// MaxDocument is the most bytes of a stored document.
	MaxDocument = 16 << 20
	// maxStoredDepth is how deep a stored document may nest, as in MongoDB.
	maxStoredDepth = 100
	// maxDepth is how deep a command may nest around such documents.
	maxDepth = 200
)

// ErrMalformed says that bytes are not BSON.
var ErrMalformed = errors.New("malformed BSON")

// Validate tells whether data is exactly one well-formed document. Everything
// else in this package, and all that work on documents, rely on it.
func Validate(data []byte) error {
	if !wellFormed(data, maxDepth) {
		return ErrMalformed
	}
	return nil
}

func wellFormed(data []byte, depth int) bool {
	if depth == 0 || len(data) < 5 || int64(binary.LittleEndian.Uint32(data)) != int64(len(data)) || data[len(data)-1] != 0 {
		return false
	}
	rest := data[4 : len(data)-1]
	for len(rest) > 0 {
		t := bsoncore.Type(rest[0])
		end := bytes.IndexByte(rest[1:], 0)
		if end < 0 {
			return false
		}
		rest = rest[end+2:]
		n := size(t, rest)
		if n < 0 || n > len(rest) || !wellFormedValue(t, rest[:n], depth) {
			return false
		}
		rest = rest[n:]
	}
	return true
}

func wellFormedValue(t bsoncore.Type, data []byte, depth int) bool {
	switch t {
	case bsoncore.TypeString, bsoncore.TypeSymbol, bsoncore.TypeJavaScript:
		return len(data) >= 5 && data[len(data)-1] == 0
	case bsoncore.TypeBoolean:
		return data[0] <= 1
	case bsoncore.TypeEmbeddedDocument, bsoncore.TypeArray:
		return wellFormed(data, depth-1)
	default:
		return true
	}
}

// Storable tells whether a well-formed document may be kept: its types, its
// names, its depth and its size.
func Storable(doc []byte) error {
	if len(doc) > MaxDocument {
		return failure.New(failure.BSONObjectTooLarge,
			"BSONObj size: %d (0x%X) is invalid. Size must be between 0 and 16793600(16MB)", len(doc), len(doc))
	}
	return storable(doc, maxStoredDepth, false)
}

func storable(doc []byte, depth int, array bool) error {
	if depth == 0 {
		return failure.New(failure.Overflow, "cannot store a document that nests more than %d levels", maxStoredDepth)
	}
	for it := Elements(doc); it.Next(); {
		if !array && len(it.key) > 0 && it.key[0] == '$' {
			return failure.New(failure.DollarPrefixedFieldName,
				"The dollar ($) prefixed field '%s' is not allowed in a stored document", it.key)
		}
		switch v := it.value; v.Type {
		case bsoncore.TypeEmbeddedDocument, bsoncore.TypeArray:
			if err := storable(v.Data, depth-1, v.Type == bsoncore.TypeArray); err != nil {
				return err
			}
		default:
			if tags[v.Type] == 0 || v.Type == bsoncore.TypeRegex {
				return failure.New(failure.BadValue, "field '%s' has BSON type %s, which mongolite does not store", it.key, TypeName(v.Type))
			}
		}
	}
	return nil
}

// Comparable tells whether a value may stand in a filter.
func Comparable(v Value) error {
	if tags[v.Type] == 0 {
		return failure.New(failure.BadValue, "mongolite does not compare BSON type %s", TypeName(v.Type))
	}
	if v.Type == bsoncore.TypeEmbeddedDocument || v.Type == bsoncore.TypeArray {
		for it := Elements(v.Data); it.Next(); {
			if err := Comparable(it.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// TypeName is MongoDB's alias of a type.
func TypeName(t bsoncore.Type) string {
	switch t {
	case bsoncore.TypeDouble:
		return "double"
	case bsoncore.TypeEmbeddedDocument:
		return "object"
	case bsoncore.TypeBinary:
		return "binData"
	case bsoncore.TypeObjectID:
		return "objectId"
	case bsoncore.TypeBoolean:
		return "bool"
	case bsoncore.TypeDateTime:
		return "date"
	case bsoncore.TypeInt32:
		return "int"
	case bsoncore.TypeInt64:
		return "long"
	case bsoncore.TypeDecimal128:
		return "decimal"
	case Missing:
		return "missing"
	default:
		if name := t.String(); name != "invalid" {
			return name
		}
		return strconv.Itoa(int(t))
	}
}
