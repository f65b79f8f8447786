package filter

import (
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// every is several conditions at once: $not of several operators, $all.
type every []condition

// Test decides for one value, where there is no path to put the conditions on.
func (t every) Test(v value.Value) bool { return (&Values{tests: t}).Matches(v) }

func parseOperators(doc []byte, depth int) ([]condition, error) {
	if depth == 0 {
		return nil, failure.New(failure.BadValue, "a filter nests %d levels at most", maxDepth)
	}
	var conditions []condition
	for it := value.Elements(doc); it.Next(); {
		name := string(it.Key())
		if name == "$options" {
			if value.Lookup(doc, "$regex").Type == value.Missing {
				return nil, failure.New(failure.BadValue, "$options needs a $regex")
			}
			continue
		}
		c, err := parseOperator(name, it.Value(), doc, depth)
		if err != nil {
			return nil, err
		}
		conditions = append(conditions, c)
	}
	return conditions, nil
}

func parseOperator(name string, v value.Value, siblings []byte, depth int) (condition, error) {
	switch name {
	case "$eq", "$ne":
		if v.Type == bsoncore.TypeRegex {
			return condition{}, failure.New(failure.BadValue, "mongolite does not compare with a regex by %s", name)
		}
		c, err := parseEquality(v)
		c.negate = name == "$ne"
		return c, err
	case "$gt", "$gte", "$lt", "$lte":
		return parseComparison(name, v)
	case "$in", "$nin":
		c, err := parseIn(name, v)
		c.negate = name == "$nin"
		return c, err
	case "$exists":
		truth, ok := value.Truth(v)
		if !ok {
			return condition{}, failure.New(failure.BadValue, "$exists needs a boolean")
		}
		return condition{test: exists{}, whole: true, negate: !truth}, nil
	case "$size":
		n, ok := value.Whole(v)
		if !ok || n < 0 {
			return condition{}, failure.New(failure.BadValue, "$size needs a non-negative whole number")
		}
		return condition{test: length{n}, whole: true}, nil
	case "$regex":
		return parseRegex(v, value.Lookup(siblings, "$options"))
	case "$not":
		return parseNot(v, depth)
	case "$all":
		return parseAll(v, depth)
	case "$elemMatch":
		return parseElemMatch(v, depth)
	default:
		return condition{}, failure.New(failure.BadValue, "unknown operator: %s", name)
	}
}

func parseEquality(v value.Value) (condition, error) {
	if v.Type == bsoncore.TypeRegex {
		return parseRegex(v, value.Value{})
	}
	return condition{test: equal{v}}, value.Comparable(v)
}

func parseComparison(name string, v value.Value) (condition, error) {
	if v.Type == bsoncore.TypeRegex {
		return condition{}, failure.New(failure.BadValue, "Can't have RegEx as arg to predicate over field with %s", name)
	}
	return condition{test: compare{
		to:      v,
		less:    name[1] == 'l',
		greater: name[1] == 'g',
		equal:   len(name) == len("$gte"),
	}}, value.Comparable(v)
}

func parseIn(name string, v value.Value) (condition, error) {
	if v.Type != bsoncore.TypeArray {
		return condition{}, failure.New(failure.BadValue, "%s needs an array", name)
	}
	test := in{keys: make(map[string]struct{})}
	for it := value.Elements(v.Data); it.Next(); {
		e := it.Value()
		if e.Type == bsoncore.TypeRegex {
			c, err := parseRegex(e, value.Value{})
			if err != nil {
				return condition{}, err
			}
			test.regexes = append(test.regexes, c.test.(match).re)
			continue
		}
		if isOperators(e) {
			return condition{}, failure.New(failure.BadValue, "cannot nest $ under %s", name)
		}
		if err := value.Comparable(e); err != nil {
			return condition{}, err
		}
		test.keys[string(value.AppendKey(nil, e))] = struct{}{}
	}
	return condition{test: test}, nil
}

func parseNot(v value.Value, depth int) (condition, error) {
	if v.Type == bsoncore.TypeRegex {
		c, err := parseRegex(v, value.Value{})
		c.negate = true
		return c, err
	}
	if !isOperators(v) {
		return condition{}, failure.New(failure.BadValue, "$not needs a regex or a document of operators")
	}
	conditions, err := parseOperators(v.Data, depth-1)
	return condition{test: every(conditions), negate: true}, err
}

func parseAll(v value.Value, depth int) (condition, error) {
	if v.Type != bsoncore.TypeArray {
		return condition{}, failure.New(failure.BadValue, "$all needs an array")
	}
	var conditions every
	for it := value.Elements(v.Data); it.Next(); {
		e := it.Value()
		var c condition
		var err error
		switch {
		case isOperators(e):
			element := value.Elements(e.Data)
			element.Next()
			if string(element.Key()) != "$elemMatch" {
				return condition{}, failure.New(failure.BadValue, "no $ expressions in $all but $elemMatch")
			}
			c, err = parseElemMatch(element.Value(), depth-1)
		default:
			c, err = parseEquality(e)
		}
		if err != nil {
			return condition{}, err
		}
		conditions = append(conditions, c)
	}
	if len(conditions) == 0 {
		return condition{test: never{}}, nil
	}
	return condition{test: conditions}, nil
}

func parseElemMatch(v value.Value, depth int) (condition, error) {
	if v.Type != bsoncore.TypeEmbeddedDocument {
		return condition{}, failure.New(failure.BadValue, "$elemMatch needs an Object")
	}
	if isOperators(v) {
		it := value.Elements(v.Data)
		it.Next()
		switch string(it.Key()) {
		case "$and", "$or", "$nor": // a filter for documents
		default:
			conditions, err := parseOperators(v.Data, depth-1)
			return condition{test: elementWith{Values{tests: conditions}}, whole: true}, err
		}
	}
	filter, err := parse(v.Data, depth-1)
	return condition{test: documentWith{filter}, whole: true}, err
}
