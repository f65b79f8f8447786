package value

import (
	"bytes"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
)

// Path is a dotted path into documents.
type Path struct {
	text  string
	parts []string
}

// ParsePath splits a dotted path.
func ParsePath(dotted string) (Path, error) {
	parts := []string{dotted}
	if strings.IndexByte(dotted, '.') >= 0 {
		parts = strings.Split(dotted, ".")
		for _, part := range parts {
			if part == "" {
				return Path{}, failure.New(failure.BadValue, "the path '%s' contains an empty field name", dotted)
			}
		}
	}
	if len(parts) > maxStoredDepth {
		return Path{}, failure.New(failure.Overflow, "a path may have %d components at most", maxStoredDepth)
	}
	return Path{text: dotted, parts: parts}, nil
}

// String is the path as it was given.
func (p Path) String() string { return p.text }

// Parts are the names along the path.
func (p Path) Parts() []string { return p.parts }

// A Tester decides on one value that a path leads to.
type Tester interface {
	// Test gets the zero Value where the path leads nowhere.
	Test(v Value) bool
}

// Any tells whether a value at the path passes the test. On its way the path goes
// through the documents of an array, one level deep, and through array
// positions. With leaves, an array at its end is tested element by element as
// well as whole.
func (p Path) Any(doc []byte, t Tester, leaves bool) bool { return walk(doc, p.parts, t, leaves) }

func walk(doc []byte, parts []string, t Tester, leaves bool) bool {
	v := Lookup(doc, parts[0])
	if len(parts) == 1 {
		return end(v, t, leaves)
	}
	switch v.Type {
	case bsoncore.TypeEmbeddedDocument:
		return walk(v.Data, parts[1:], t, leaves)
	case bsoncore.TypeArray:
		return walkArray(v.Data, parts[1:], t, leaves)
	default:
		return t.Test(Value{})
	}
}

func walkArray(array []byte, parts []string, t Tester, leaves bool) bool {
	position := isPosition(parts[0])
	for it := Elements(array); it.Next(); {
		v := it.value
		if v.Type == bsoncore.TypeEmbeddedDocument && walk(v.Data, parts, t, leaves) {
			return true
		}
		if !position || string(it.key) != parts[0] {
			continue
		}
		switch {
		case len(parts) == 1:
			if end(v, t, leaves) {
				return true
			}
		case v.Type == bsoncore.TypeEmbeddedDocument:
			if walk(v.Data, parts[1:], t, leaves) {
				return true
			}
		case v.Type == bsoncore.TypeArray:
			if walkArray(v.Data, parts[1:], t, leaves) {
				return true
			}
		}
	}
	return false
}

func end(v Value, t Tester, leaves bool) bool {
	if t.Test(v) {
		return true
	}
	if leaves && v.Type == bsoncore.TypeArray {
		for it := Elements(v.Data); it.Next(); {
			if t.Test(it.value) {
				return true
			}
		}
	}
	return false
}

func isPosition(part string) bool {
	for i := range len(part) {
		if part[i] < '0' || part[i] > '9' {
			return false
		}
	}
	return part != "" && (part == "0" || part[0] != '0')
}

// EqualBytes tells whether two values are the same to the byte, types included.
func EqualBytes(a, b Value) bool { return a.Type == b.Type && bytes.Equal(a.Data, b.Data) }
