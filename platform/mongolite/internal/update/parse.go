package update

import (
	"slices"
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// Update makes a document's next version.
type Update struct {
	replacement bsoncore.Document // nil where there are operators
	changes     []change
}

// change is one operator on one path.
type change struct {
	operator string
	path     value.Path
	operand  value.Value
	apply    func(t *tree, c *change) error
	// prepared holds what an operator reads out of its operand once.
	prepared any
}

// IsReplacement tells a whole document from operators.
func (u *Update) IsReplacement() bool { return u.replacement != nil }

// Parse reads an update: a replacement document, or operators.
func Parse(v value.Value) (*Update, error) {
	switch v.Type {
	case bsoncore.TypeEmbeddedDocument:
	case bsoncore.TypeArray:
		return nil, failure.New(failure.FailedToParse, "mongolite does not support updates by an aggregation pipeline")
	default:
		return nil, failure.New(failure.FailedToParse, "Update argument must be either an object or an array")
	}
	it := value.Elements(v.Data)
	if !it.Next() || len(it.Key()) == 0 || it.Key()[0] != '$' {
		return &Update{replacement: v.Data}, nil
	}
	u := &Update{}
	for it := value.Elements(v.Data); it.Next(); {
		if err := u.parseOperator(string(it.Key()), it.Value()); err != nil {
			return nil, err
		}
	}
	return u, u.order()
}

func (u *Update) parseOperator(name string, fields value.Value) error {
	op, ok := operators[name]
	if !ok {
		return failure.New(failure.FailedToParse,
			"Unknown modifier: %s. Expected a valid update modifier or pipeline-style update specified as an array", name)
	}
	if fields.Type != bsoncore.TypeEmbeddedDocument {
		return failure.New(failure.FailedToParse, "Modifiers operate on fields but we found type %s instead: %s",
			value.TypeName(fields.Type), name)
	}
	for it := value.Elements(fields.Data); it.Next(); {
		path, err := parsePath(string(it.Key()))
		if err != nil {
			return err
		}
		c := change{operator: name, path: path, operand: it.Value(), apply: op.apply}
		if op.prepare != nil {
			if c.prepared, err = op.prepare(c.path, c.operand); err != nil {
				return err
			}
		}
		u.changes = append(u.changes, c)
	}
	return nil
}

func parsePath(name string) (value.Path, error) {
	if name == "" {
		return value.Path{}, failure.New(failure.BadValue, "An empty update path is not valid")
	}
	path, err := value.ParsePath(name)
	if err != nil {
		return value.Path{}, err
	}
	for _, part := range path.Parts() {
		if strings.HasPrefix(part, "$") {
			return value.Path{}, failure.New(failure.BadValue, "mongolite does not support '%s' in the update path '%s'", part, name)
		}
	}
	return path, nil
}

// order sorts the changes by path, which is the order in which MongoDB appends
// new fields, and refuses two changes to the same place.
func (u *Update) order() error {
	slices.SortStableFunc(u.changes, func(a, b change) int {
		return slices.CompareFunc(a.path.Parts(), b.path.Parts(), comparePart)
	})
	for i := 1; i < len(u.changes); i++ {
		before, c := u.changes[i-1].path.Parts(), u.changes[i].path
		if len(before) <= len(c.Parts()) && slices.Equal(before, c.Parts()[:len(before)]) {
			return failure.New(failure.ConflictingUpdate, "Updating the path '%s' would create a conflict at '%s'",
				c, strings.Join(before, "."))
		}
	}
	return nil
}

// comparePart orders positions as numbers and names as text.
func comparePart(a, b string) int {
	m, errA := strconv.ParseUint(a, 10, 63)
	n, errB := strconv.ParseUint(b, 10, 63)
	if errA == nil && errB == nil && m != n {
		if m < n {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}
