package filter

import (
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// maxDepth bounds how deep $and, $or, $nor, $not and $elemMatch may nest.
const maxDepth = 50

// Parse reads a filter document. A nil document is the empty filter.
func Parse(doc []byte) (*Filter, error) {
	if doc == nil || value.IsEmpty(doc) {
		return &Filter{all: true}, nil
	}
	root, err := parse(doc, maxDepth)
	if err != nil {
		return nil, err
	}
	return &Filter{root: root}, nil
}

func parse(doc []byte, depth int) (and, error) {
	if depth == 0 {
		return nil, failure.New(failure.BadValue, "a filter nests %d levels at most", maxDepth)
	}
	var nodes and
	for it := value.Elements(doc); it.Next(); {
		name, v := string(it.Key()), it.Value()
		if name != "" && name[0] == '$' {
			n, err := parseLogical(name, v, depth)
			if err != nil {
				return nil, err
			}
			nodes = append(nodes, n...)
			continue
		}
		path, err := value.ParsePath(name)
		if err != nil {
			return nil, err
		}
		n, err := parseField(path, v, depth)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n...)
	}
	return nodes, nil
}

func parseLogical(name string, v value.Value, depth int) (and, error) {
	switch name {
	case "$and", "$or", "$nor":
	case "$comment":
		return nil, nil
	default:
		return nil, failure.New(failure.BadValue, "unknown top level operator: %s", name)
	}
	if v.Type != bsoncore.TypeArray || value.IsEmpty(v.Data) {
		return nil, failure.New(failure.BadValue, "%s must be a nonempty array", name)
	}
	var children []node
	for it := value.Elements(v.Data); it.Next(); {
		if it.Value().Type != bsoncore.TypeEmbeddedDocument {
			return nil, failure.New(failure.BadValue, "%s entries need to be full objects", name)
		}
		child, err := parse(it.Value().Data, depth-1)
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	switch name {
	case "$and":
		return children, nil
	case "$or":
		return and{or(children)}, nil
	default:
		return and{not{or(children)}}, nil
	}
}

// parseField reads what stands behind a field's name: operators, a pattern, or a
// value to be equal to.
func parseField(path value.Path, v value.Value, depth int) (and, error) {
	if !isOperators(v) {
		c, err := parseEquality(v)
		if err != nil {
			return nil, err
		}
		return and{on{path: path, test: c.test}}, nil
	}
	conditions, err := parseOperators(v.Data, depth)
	if err != nil {
		return nil, err
	}
	nodes := make(and, 0, len(conditions))
	for _, c := range conditions {
		nodes = append(nodes, c.on(path))
	}
	return nodes, nil
}

func (c condition) on(path value.Path) node {
	var n node = on{path: path, test: c.test, whole: c.whole}
	if every, ok := c.test.(every); ok {
		children := make(and, 0, len(every))
		for _, child := range every {
			children = append(children, child.on(path))
		}
		n = children
	}
	if c.negate {
		n = not{n}
	}
	return n
}

// isOperators tells {$gt: 1} from a document to be equal to.
func isOperators(v value.Value) bool {
	if v.Type != bsoncore.TypeEmbeddedDocument {
		return false
	}
	it := value.Elements(v.Data)
	return it.Next() && len(it.Key()) > 0 && it.Key()[0] == '$'
}

// ParseValues reads $pull's condition: operators, or a document's filter, or a
// value to be equal to.
func ParseValues(v value.Value) (*Values, error) {
	if isOperators(v) {
		conditions, err := parseOperators(v.Data, maxDepth)
		return &Values{tests: conditions}, err
	}
	if v.Type == bsoncore.TypeEmbeddedDocument {
		filter, err := parse(v.Data, maxDepth)
		return &Values{tests: []condition{{test: documentLike{filter}, whole: true}}}, err
	}
	c, err := parseEquality(v)
	c.whole = true // an element that is an array is equal as a whole or not at all
	return &Values{tests: []condition{c}}, err
}

// documentLike passes a document that a filter matches.
type documentLike struct{ filter and }

func (t documentLike) Test(v value.Value) bool {
	return v.Type == bsoncore.TypeEmbeddedDocument && t.filter.matches(v.Data)
}
