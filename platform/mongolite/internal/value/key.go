package value

import (
	"encoding/binary"
	"math"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// A key is a value's bytes in an order-preserving form: bytes.Compare of two keys
// is MongoDB's comparison of the two values, whatever their types. No key is a
// prefix of another, so keys can be put one behind the other, and inverted for
// descending order. The first byte is the type's place in MongoDB's order.

const (
	tagEnd       byte = 0 // ends a document or an array, so that the shorter sorts first
	tagMinKey    byte = 0x08
	tagUndefined byte = 0x10 // how an index sees an empty array
	tagNull      byte = 0x18
	tagNumber    byte = 0x20
	tagString    byte = 0x28
	tagObject    byte = 0x30
	tagArray     byte = 0x38
	tagBinary    byte = 0x40
	tagObjectID  byte = 0x48
	tagBool      byte = 0x50
	tagDate      byte = 0x58
	tagTimestamp byte = 0x60
	tagRegex     byte = 0x68
	tagMaxKey    byte = 0x70
)

// tags gives each comparable type its tag. Types without one are not on
// mongolite's list.
var tags = [256]byte{
	bsoncore.TypeMinKey:           tagMinKey,
	bsoncore.TypeNull:             tagNull,
	bsoncore.TypeDouble:           tagNumber,
	bsoncore.TypeInt32:            tagNumber,
	bsoncore.TypeInt64:            tagNumber,
	bsoncore.TypeString:           tagString,
	bsoncore.TypeEmbeddedDocument: tagObject,
	bsoncore.TypeArray:            tagArray,
	bsoncore.TypeBinary:           tagBinary,
	bsoncore.TypeObjectID:         tagObjectID,
	bsoncore.TypeBoolean:          tagBool,
	bsoncore.TypeDateTime:         tagDate,
	bsoncore.TypeTimestamp:        tagTimestamp,
	bsoncore.TypeRegex:            tagRegex,
	bsoncore.TypeMaxKey:           tagMaxKey,
}

// Tag is the first byte of the value's key: equal for types that compare by value.
func Tag(v Value) byte {
	if v.Type == Missing {
		return tagNull
	}
	return tags[v.Type]
}

// AppendKey appends the value's key. A missing value sorts as null.
func AppendKey(dst []byte, v Value) []byte {
	dst = append(dst, Tag(v))
	switch v.Type {
	case bsoncore.TypeDouble, bsoncore.TypeInt32, bsoncore.TypeInt64:
		return appendNumber(dst, v)
	case bsoncore.TypeString:
		return appendText(dst, text(v))
	case bsoncore.TypeEmbeddedDocument:
		for it := Elements(v.Data); it.Next(); {
			dst = append(dst, Tag(it.value)) // MongoDB compares types before names
			dst = appendText(dst, it.key)
			dst = AppendKey(dst, it.value)
		}
		return append(dst, tagEnd)
	case bsoncore.TypeArray:
		for it := Elements(v.Data); it.Next(); {
			dst = AppendKey(dst, it.value)
		}
		return append(dst, tagEnd)
	case bsoncore.TypeBinary: // by length, then subtype, then bytes
		dst = binary.BigEndian.AppendUint32(dst, binary.LittleEndian.Uint32(v.Data))
		return append(dst, v.Data[4:]...)
	case bsoncore.TypeObjectID, bsoncore.TypeBoolean:
		return append(dst, v.Data...)
	case bsoncore.TypeDateTime:
		return binary.BigEndian.AppendUint64(dst, binary.LittleEndian.Uint64(v.Data)^1<<63)
	case bsoncore.TypeTimestamp:
		return binary.BigEndian.AppendUint64(dst, binary.LittleEndian.Uint64(v.Data))
	case bsoncore.TypeRegex:
		pattern, options := Regex(v)
		return appendText(appendText(dst, []byte(pattern)), []byte(options))
	default:
		return dst
	}
}

// AppendPrefix appends a string's key up to where other strings may go on.
func AppendPrefix(dst []byte, prefix string) []byte {
	dst = appendText(append(dst, tagString), []byte(prefix))
	return dst[:len(dst)-2]
}

// appendText escapes zero bytes and ends the text with a mark that sorts below
// any continuation.
func appendText(dst, s []byte) []byte {
	for _, b := range s {
		dst = append(dst, b)
		if b == 0 {
			dst = append(dst, 0xFF)
		}
	}
	return append(dst, 0, 1)
}

// appendNumber writes the nearest double in sortable form, then how far the value
// is from it: int64 has values that no double is equal to, and MongoDB compares
// them exactly.
func appendNumber(dst []byte, v Value) []byte {
	if v.Type == bsoncore.TypeDouble {
		return append(binary.BigEndian.AppendUint64(dst, sortable(double(v))), 0x80, 0)
	}
	n, _ := Whole(v)
	f := float64(n)
	var rest int64
	if f >= 1<<63 {
		rest = n - math.MaxInt64 - 1 // 2^63 itself is no int64
	} else {
		rest = n - int64(f)
	}
	dst = binary.BigEndian.AppendUint64(dst, sortable(f))
	return binary.BigEndian.AppendUint16(dst, uint16(rest+1<<15))
}

// sortable maps doubles to integers in the same order. NaN is below all numbers,
// as in MongoDB, and -0 is 0.
func sortable(f float64) uint64 {
	if f != f {
		return 0
	}
	if f == 0 {
		return 1 << 63
	}
	bits := math.Float64bits(f)
	if bits>>63 != 0 {
		return ^bits
	}
	return bits | 1<<63
}

// AppendUndefined appends the key under which an index files an empty array.
func AppendUndefined(dst []byte) []byte { return append(dst, tagUndefined) }

// Invert turns a key around, for a descending field.
func Invert(key []byte) {
	for i, b := range key {
		key[i] = ^b
	}
}
