package value

import (
	"bytes"
	"cmp"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// Compare orders two values as MongoDB does: by type first, numbers by value. A
// missing value is as null.
func Compare(a, b Value) int {
	if c := cmp.Compare(Tag(a), Tag(b)); c != 0 {
		return c
	}
	switch a.Type {
	case bsoncore.TypeString:
		return bytes.Compare(text(a), text(b))
	case bsoncore.TypeObjectID, bsoncore.TypeBoolean:
		return bytes.Compare(a.Data, b.Data)
	case bsoncore.TypeDateTime:
		return cmp.Compare(a.DateTime(), b.DateTime())
	case bsoncore.TypeInt32, bsoncore.TypeInt64:
		if b.Type != bsoncore.TypeDouble {
			m, _ := Whole(a)
			n, _ := Whole(b)
			return cmp.Compare(m, n)
		}
	}
	var left, right [64]byte
	return bytes.Compare(AppendKey(left[:0], a), AppendKey(right[:0], b))
}

// IsNaN tells whether a value is the double that is not a number.
func IsNaN(v Value) bool { return v.Type == bsoncore.TypeDouble && double(v) != double(v) }
