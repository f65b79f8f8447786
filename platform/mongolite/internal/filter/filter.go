package filter

import (
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
)

// Filter decides which documents a command is about.
type Filter struct {
	root and
	all  bool
}

// Matches tells whether a document passes.
func (f *Filter) Matches(doc []byte) bool { return f.all || f.root.matches(doc) }

// IsEmpty tells whether every document passes.
func (f *Filter) IsEmpty() bool { return f.all }

// A node is one condition on a document.
type node interface {
	matches(doc []byte) bool
}

type and []node

func (n and) matches(doc []byte) bool {
	for _, child := range n {
		if !child.matches(doc) {
			return false
		}
	}
	return true
}

type or []node

func (n or) matches(doc []byte) bool {
	for _, child := range n {
		if child.matches(doc) {
			return true
		}
	}
	return false
}

type not struct{ node }

func (n not) matches(doc []byte) bool { return !n.node.matches(doc) }

// on is a test of the values at a path. Conditions on arrays as such look at
// whole values only.
type on struct {
	path  value.Path
	test  value.Tester
	whole bool
}

func (n on) matches(doc []byte) bool { return n.path.Any(doc, n.test, !n.whole) }

// Values matches a single value instead of a document, for $pull.
type Values struct{ tests []condition }

// A condition is an operator's test, apart from the path it is put on.
type condition struct {
	test   value.Tester
	whole  bool
	negate bool
}

// Matches tells whether the value passes every condition, as an element of an
// array would.
func (v *Values) Matches(val value.Value) bool {
	for _, c := range v.tests {
		pass := c.test.Test(val)
		if !pass && !c.whole && val.Type == bsoncore.TypeArray {
			for it := value.Elements(val.Data); it.Next() && !pass; {
				pass = c.test.Test(it.Value())
			}
		}
		if pass == c.negate {
			return false
		}
	}
	return true
}

// An Equality is a path that must equal a value.
type Equality struct {
	Path  value.Path
	Value value.Value
}

// Equalities are those that an upsert takes its new document's fields from.
func (f *Filter) Equalities() []Equality { return f.root.equalities(nil) }

func (n and) equalities(found []Equality) []Equality {
	for _, child := range n {
		switch child := child.(type) {
		case and:
			found = child.equalities(found)
		case on:
			if test, ok := child.test.(equal); ok {
				found = append(found, Equality{Path: child.path, Value: test.to})
			}
		}
	}
	return found
}
