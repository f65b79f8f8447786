package update

import (
	"slices"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/value"
)

// pushed is what $push reads out of its operand.
type pushed struct {
	each            []member
	position, slice *int64
}

func preparePush(path value.Path, operand value.Value) (any, error) {
	each, modifiers, err := prepareEach("$push", path, operand)
	if err != nil {
		return nil, err
	}
	p := pushed{each: each}
	for name, v := range modifiers {
		n, ok := value.Whole(v)
		switch {
		case name != "$slice" && name != "$position":
			return nil, failure.New(failure.BadValue, "Unrecognized clause in $push: %s", name)
		case !ok:
			return nil, failure.New(failure.BadValue, "The value for %s must be an integer value", name)
		case name == "$slice":
			p.slice = &n
		default:
			p.position = &n
		}
	}
	return p, nil
}

// prepareEach reads {$each: […], …} or a single value.
func prepareEach(operator string, path value.Path, operand value.Value) ([]member, map[string]value.Value, error) {
	if operand.Type != bsoncore.TypeEmbeddedDocument || value.Lookup(operand.Data, "$each").Type == value.Missing {
		return []member{{value: operand}}, nil, nil
	}
	var each []member
	modifiers := map[string]value.Value{}
	for it := value.Elements(operand.Data); it.Next(); {
		if string(it.Key()) != "$each" {
			modifiers[string(it.Key())] = it.Value()
			continue
		}
		if it.Value().Type != bsoncore.TypeArray {
			return nil, nil, failure.New(failure.BadValue, "The argument to $each in %s of '%s' must be an array but it was of type %s",
				operator, path, value.TypeName(it.Value().Type))
		}
		each = unfold(it.Value().Data, true).members
	}
	return each, modifiers, nil
}

func push(t *tree, c *change) error {
	array, err := reachArray(t, c)
	if err != nil {
		return err
	}
	p := c.prepared.(pushed)
	at := len(array.members)
	if p.position != nil {
		at = clamp(*p.position, at)
	}
	array.members = slices.Insert(array.members, at, p.each...)
	if p.slice == nil {
		return nil
	}
	switch n := len(array.members); {
	case *p.slice < 0:
		array.members = array.members[clamp(*p.slice, n):]
	default:
		array.members = array.members[:min(*p.slice, int64(n))]
	}
	return nil
}

// clamp makes a position of n elements from one that may count from the end.
func clamp(position int64, n int) int {
	if position < 0 {
		return int(max(0, int64(n)+position))
	}
	return int(min(position, int64(n)))
}

func prepareAddToSet(path value.Path, operand value.Value) (any, error) {
	each, modifiers, err := prepareEach("$addToSet", path, operand)
	for name := range modifiers {
		return nil, failure.New(failure.BadValue, "Found unexpected fields after $each in $addToSet: %s", name)
	}
	return each, err
}

func addToSet(t *tree, c *change) error {
	array, err := reachArray(t, c)
	if err != nil {
		return err
	}
	for _, candidate := range c.prepared.([]member) {
		if !slices.ContainsFunc(array.members, func(m member) bool { return value.Compare(m.current(), candidate.value) == 0 }) {
			array.members = append(array.members, candidate)
		}
	}
	return nil
}

func preparePull(_ value.Path, operand value.Value) (any, error) { return filter.ParseValues(operand) }

func pull(t *tree, c *change) error {
	m, err := t.reach(c.path.Parts(), false)
	if err != nil || m == nil {
		return err
	}
	array := m.container()
	if array == nil || !array.array {
		return failure.New(failure.BadValue, "Cannot apply $pull to a non-array value at '%s'", c.path)
	}
	condition := c.prepared.(*filter.Values)
	array.members = slices.DeleteFunc(array.members, func(m member) bool { return condition.Matches(m.current()) })
	return nil
}

// reachArray finds the array at a path, or makes it.
func reachArray(t *tree, c *change) (*tree, error) {
	m, err := t.reach(c.path.Parts(), true)
	if err != nil {
		return nil, err
	}
	if m.tree == nil && m.value.Type == value.Missing {
		m.tree = &tree{array: true}
	}
	if array := m.container(); array != nil && array.array {
		return array, nil
	}
	return nil, failure.New(failure.BadValue, "The field '%s' must be an array but is of type %s in the document",
		c.path, value.TypeName(m.current().Type))
}
