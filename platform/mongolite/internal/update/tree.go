package update

import (
	"strconv"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// maxPadding is how far past its end an array may grow by a position.
const maxPadding = 1_500_000

// tree is a document or an array that is being changed. Only what an update
// touches is unfolded; the rest stays bytes.
type tree struct {
	array   bool
	members []member
}

// member is a field or an element: unfolded, or as bytes.
type member struct {
	name  string
	value value.Value
	tree  *tree
}

func unfold(doc []byte, array bool) *tree {
	t := &tree{array: array, members: make([]member, 0, 16)}
	for it := value.Elements(doc); it.Next(); {
		m := member{value: it.Value()}
		if !array {
			m.name = string(it.Key())
		}
		t.members = append(t.members, m)
	}
	return t
}

// appendTo encodes the tree.
func (t *tree) appendTo(dst []byte) []byte {
	start, dst := bsoncore.AppendDocumentStart(dst)
	for i, m := range t.members {
		name := m.name
		if t.array {
			name = strconv.Itoa(i)
		}
		if m.tree == nil {
			dst = bsoncore.AppendHeader(dst, m.value.Type, name)
			dst = append(dst, m.value.Data...)
			continue
		}
		kind := bsoncore.TypeEmbeddedDocument
		if m.tree.array {
			kind = bsoncore.TypeArray
		}
		dst = m.tree.appendTo(bsoncore.AppendHeader(dst, kind, name))
	}
	dst, _ = bsoncore.AppendDocumentEnd(dst, start) // fails only on a start that is out of range
	return dst
}

// current is the member's value as it stands.
func (m *member) current() value.Value {
	if m.tree == nil {
		return m.value
	}
	kind := bsoncore.TypeEmbeddedDocument
	if m.tree.array {
		kind = bsoncore.TypeArray
	}
	return value.Value{Type: kind, Data: m.tree.appendTo(nil)}
}

func (m *member) set(v value.Value) { m.value, m.tree = v, nil }

// container unfolds a member that holds others.
func (m *member) container() *tree {
	if m.tree == nil {
		switch m.value.Type {
		case bsoncore.TypeEmbeddedDocument, bsoncore.TypeArray:
			m.tree = unfold(m.value.Data, m.value.Type == bsoncore.TypeArray)
		}
	}
	return m.tree
}

// find returns the index of a member, or -1.
func (t *tree) find(name string) int {
	if t.array {
		n, err := strconv.Atoi(name)
		if err != nil || n < 0 || n >= len(t.members) {
			return -1
		}
		return n
	}
	for i := range t.members {
		if t.members[i].name == name {
			return i
		}
	}
	return -1
}

// add appends a member; in an array, at the position that its name gives.
func (t *tree) add(name string) (*member, error) {
	if t.array {
		n, err := strconv.Atoi(name)
		if err != nil || n < len(t.members) {
			return nil, failure.New(failure.PathNotViable, "Cannot create field '%s' in an array", name)
		}
		if n > len(t.members)+maxPadding {
			return nil, failure.New(failure.BadValue, "can't grow an array to position %d", n)
		}
		for len(t.members) < n {
			t.members = append(t.members, member{value: value.Null})
		}
		name = ""
	}
	t.members = append(t.members, member{name: name})
	return &t.members[len(t.members)-1], nil
}

// reach finds the member at the end of a path. It makes what is missing on the
// way, or returns nil there if it must not.
func (t *tree) reach(parts []string, create bool) (*member, error) {
	for i, part := range parts {
		var m *member
		if at := t.find(part); at >= 0 {
			m = &t.members[at]
		} else if !create {
			return nil, nil
		} else {
			var err error
			if m, err = t.add(part); err != nil {
				return nil, err
			}
			if i < len(parts)-1 {
				m.tree = &tree{}
			}
		}
		if i == len(parts)-1 {
			return m, nil
		}
		if t = m.container(); t == nil {
			if !create {
				return nil, nil
			}
			return nil, failure.New(failure.PathNotViable, "Cannot create field '%s' in element {%s: %s}",
				parts[i+1], part, m.value)
		}
	}
	return nil, nil
}

// remove takes the member at the end of a path away; in an array it leaves null.
func (t *tree) remove(parts []string) {
	for len(parts) > 1 {
		at := t.find(parts[0])
		if at < 0 {
			return
		}
		if t = t.members[at].container(); t == nil {
			return
		}
		parts = parts[1:]
	}
	at := t.find(parts[0])
	switch {
	case at < 0:
	case t.array:
		t.members[at].set(value.Null)
	default:
		t.members = append(t.members[:at], t.members[at+1:]...)
	}
}
