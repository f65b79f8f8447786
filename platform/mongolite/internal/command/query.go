package command

import (
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/filter"
	"tiffin/platform/mongolite/internal/store"
	"tiffin/platform/mongolite/internal/value"
)

// queryOf makes a store's query from a command's fields. A hint may be an index's
// name or its key.
func queryOf(version *store.Version, command string, where, sort, hint value.Value) (store.Query, error) {
	q := store.Query{}
	doc, err := document(command, "filter", where)
	if err != nil {
		return q, err
	}
	if q.Filter, err = filter.Parse(doc); err != nil {
		return q, err
	}
	if doc, err = document(command, "sort", sort); err != nil {
		return q, err
	}
	if doc != nil {
		if q.Sort, err = value.ParseOrder(doc); err != nil {
			return q, err
		}
	}
	q.Hint, err = hintOf(version, command, hint)
	return q, err
}

func hintOf(version *store.Version, command string, hint value.Value) (string, error) {
	switch hint.Type {
	case value.Missing:
		return "", nil
	case bsoncore.TypeString:
		return value.Text(hint), nil
	case bsoncore.TypeEmbeddedDocument:
		if value.IsEmpty(hint.Data) {
			return "", nil
		}
		order, err := value.ParseOrder(hint.Data)
		if err != nil {
			return "", err
		}
		if name, found := version.IndexOn(order); found {
			return name, nil
		}
		return "", failure.New(failure.BadValue, "error processing query: planner returned error: "+
			"hint provided does not correspond to an existing index: %s", bsoncore.Document(hint.Data))
	default:
		return "", wrongType(command, "hint", hint, "object or string")
	}
}
