package filter

import (
	"bytes"
	"slices"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
)

// A Cut is a place between keys: before all keys that begin with Key, or after
// them.
type Cut struct {
	Key   []byte
	After bool
}

// An Interval is the keys between two cuts. A point holds the key of one value.
type Interval struct {
	From, To Cut
	Point    bool
}

// A Constraint says that a matching document has, at the path, a value whose key
// lies in one of the intervals, which are in order and apart.
type Constraint struct {
	Path      string
	Intervals []Interval
}

// ID is the key of the one _id that a matching document must have, if there is one.
func (f *Filter) ID() (key []byte, found bool) {
	for _, child := range f.root {
		if n, ok := child.(on); ok && n.path.String() == "_id" {
			if test, ok := n.test.(equal); ok && test.to.Type != bsoncore.TypeArray {
				return value.AppendKey(nil, test.to), true
			}
		}
	}
	return nil, false
}

// Constraints are what the filter implies about single paths. There may be several
// about one path; each holds by itself, and where the path leads through an array
// different elements may satisfy them.
func (f *Filter) Constraints() []Constraint { return f.root.constraints(nil) }

func (n and) constraints(found []Constraint) []Constraint {
	for _, child := range n {
		switch child := child.(type) {
		case and:
			found = child.constraints(found)
		case or:
			found = child.constraints(found)
		case on:
			if intervals := intervals(child.test); intervals != nil {
				found = append(found, Constraint{Path: child.path.String(), Intervals: intervals})
			}
		}
	}
	return found
}

// constraints of an $or: where every branch narrows the same path, their union.
// Pages after a cursor, {$or: [{a: {$lt: x}}, {a: x, b: {$lt: y}}]}, live on it.
func (n or) constraints(found []Constraint) []Constraint {
	var union []Constraint
	for i, branch := range n {
		nodes, ok := branch.(and)
		if !ok {
			return found
		}
		narrowed := nodes.constraints(nil)
		if i == 0 {
			union = narrowed
			continue
		}
		var both []Constraint
		for _, u := range union {
			at := slices.IndexFunc(narrowed, func(c Constraint) bool { return c.Path == u.Path })
			if at >= 0 {
				both = append(both, Constraint{Path: u.Path, Intervals: merge(slices.Concat(u.Intervals, narrowed[at].Intervals))})
			}
		}
		union = both
	}
	return append(found, union...)
}

// intervals of a test, or nil where it does not narrow.
func intervals(test value.Tester) []Interval {
	switch t := test.(type) {
	case equal:
		if t.to.Type == bsoncore.TypeArray {
			return nil // may be the whole array, which no index files
		}
		return []Interval{point(value.AppendKey(nil, t.to))}
	case in:
		return t.intervals()
	case match:
		if t.prefix == "" {
			return nil
		}
		key := value.AppendPrefix(nil, t.prefix)
		return []Interval{{From: Cut{Key: key}, To: Cut{Key: key, After: true}}}
	case compare:
		return t.intervals()
	default:
		return nil
	}
}

func (t in) intervals() []Interval {
	if len(t.regexes) > 0 {
		return nil
	}
	points := make([]Interval, 0, len(t.keys))
	arrays := value.Tag(value.Value{Type: bsoncore.TypeArray})
	for key := range t.keys {
		if key[0] == arrays {
			return nil
		}
		points = append(points, point([]byte(key)))
	}
	slices.SortFunc(points, func(a, b Interval) int { return bytes.Compare(a.From.Key, b.From.Key) })
	return points
}

func (t compare) intervals() []Interval {
	switch t.to.Type {
	case bsoncore.TypeArray, bsoncore.TypeMinKey, bsoncore.TypeMaxKey:
		return nil
	case bsoncore.TypeNull:
		if !t.equal {
			return []Interval{}
		}
		return []Interval{point(value.AppendKey(nil, t.to))}
	}
	key := value.AppendKey(nil, t.to)
	bracket := []byte{value.Tag(t.to)}
	if t.less {
		return []Interval{{From: Cut{Key: bracket}, To: Cut{Key: key, After: t.equal}}}
	}
	return []Interval{{From: Cut{Key: key, After: !t.equal}, To: Cut{Key: bracket, After: true}}}
}

func point(key []byte) Interval {
	return Interval{From: Cut{Key: key}, To: Cut{Key: key, After: true}, Point: true}
}
