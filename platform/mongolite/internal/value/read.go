package value

import (
	"bytes"
	"encoding/binary"
	"math"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// Value is a BSON value: a type and its bytes. The zero Value is "no such field".
type Value = bsoncore.Value

// Missing is the type of the zero Value.
const Missing bsoncore.Type = 0

// Null is BSON's null.
var Null = Value{Type: bsoncore.TypeNull}

// Iter walks the elements of a document or an array without allocating.
type Iter struct {
	rest  []byte
	key   []byte
	value Value
}

// Elements starts an iteration.
func Elements(doc []byte) Iter { return Iter{rest: doc[4 : len(doc)-1]} }

// Next moves to the next element.
func (it *Iter) Next() bool {
	if len(it.rest) == 0 {
		return false
	}
	t := bsoncore.Type(it.rest[0])
	end := 1 + bytes.IndexByte(it.rest[1:], 0)
	it.key = it.rest[1:end]
	data := it.rest[end+1:]
	n := size(t, data)
	it.value = Value{Type: t, Data: data[:n:n]}
	it.rest = data[n:]
	return true
}

// Key is the current element's name.
func (it *Iter) Key() []byte { return it.key }

// Value is the current element's value.
func (it *Iter) Value() Value { return it.value }

// Lookup finds a field of a document by name.
func Lookup(doc []byte, name string) Value {
	for it := Elements(doc); it.Next(); {
		if string(it.key) == name {
			return it.value
		}
	}
	return Value{}
}

// IsEmpty tells whether a document or an array has no element.
func IsEmpty(doc []byte) bool { return len(doc) <= 5 }

// Text is the text of a string value.
func Text(v Value) string { return string(text(v)) }

func text(v Value) []byte { return v.Data[4 : len(v.Data)-1] }

// Whole reads a number that has no fraction: the way MongoDB takes counts and flags.
func Whole(v Value) (int64, bool) {
	switch v.Type {
	case bsoncore.TypeInt32:
		return int64(int32(binary.LittleEndian.Uint32(v.Data))), true
	case bsoncore.TypeInt64:
		return int64(binary.LittleEndian.Uint64(v.Data)), true
	case bsoncore.TypeDouble:
		f := double(v)
		if f != math.Trunc(f) || f < -(1<<63) || f >= 1<<63 {
			return 0, false
		}
		return int64(f), true
	default:
		return 0, false
	}
}

// Truth reads a bool, or a number as one.
func Truth(v Value) (truth, ok bool) {
	switch v.Type {
	case bsoncore.TypeBoolean:
		return v.Data[0] != 0, true
	case bsoncore.TypeInt32, bsoncore.TypeInt64:
		n, _ := Whole(v)
		return n != 0, true
	case bsoncore.TypeDouble:
		return double(v) != 0, true
	default:
		return false, false
	}
}

// Regex reads a regular expression's pattern and options.
func Regex(v Value) (pattern, options string) {
	end := bytes.IndexByte(v.Data, 0)
	return string(v.Data[:end]), string(v.Data[end+1 : len(v.Data)-1])
}

func double(v Value) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(v.Data)) }

// size is the number of bytes that a value of type t takes at the start of data,
// or -1 where data is too short to tell or t is no BSON type.
func size(t bsoncore.Type, data []byte) int {
	switch t {
	case bsoncore.TypeNull, bsoncore.TypeUndefined, bsoncore.TypeMinKey, bsoncore.TypeMaxKey:
		return 0
	case bsoncore.TypeBoolean:
		return 1
	case bsoncore.TypeInt32:
		return 4
	case bsoncore.TypeDouble, bsoncore.TypeInt64, bsoncore.TypeDateTime, bsoncore.TypeTimestamp:
		return 8
	case bsoncore.TypeObjectID:
		return 12
	case bsoncore.TypeDecimal128:
		return 16
	case bsoncore.TypeString, bsoncore.TypeSymbol, bsoncore.TypeJavaScript:
		return prefixed(data, 4)
	case bsoncore.TypeBinary:
		return prefixed(data, 5)
	case bsoncore.TypeDBPointer:
		return prefixed(data, 16)
	case bsoncore.TypeEmbeddedDocument, bsoncore.TypeArray, bsoncore.TypeCodeWithScope:
		return prefixed(data, 0)
	case bsoncore.TypeRegex:
		pattern := bytes.IndexByte(data, 0)
		if pattern < 0 {
			return -1
		}
		options := bytes.IndexByte(data[pattern+1:], 0)
		if options < 0 {
			return -1
		}
		return pattern + options + 2
	default:
		return -1
	}
}

// prefixed is the size of a value that begins with a length which does not count
// the given number of bytes around it.
func prefixed(data []byte, around int) int {
	if len(data) < 4 {
		return -1
	}
	n := int(int32(binary.LittleEndian.Uint32(data)))
	if n < 0 {
		return -1
	}
	return n + around
}
