package command

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// aggregate does what the driver's CountDocuments asks for, and nothing else.
func aggregate(e *Engine, ctx context.Context, r *request, dst []byte) ([]byte, error) {
	name, err := r.collection()
	if err != nil {
		return nil, err
	}
	var pipeline, hint value.Value
	err = r.fields(func(field string, v value.Value) (bool, error) {
		var err error
		switch field {
		case "pipeline":
			pipeline = v
			if v.Type != bsoncore.TypeArray {
				err = wrongType(r.command, field, v, "array")
			}
		case "hint":
			hint = v
		case "cursor":
			err = cursorOption(r.command, v)
		case "allowDiskUse", "bypassDocumentValidation":
			_, err = truth(r.command, field, v)
		default:
			return false, nil
		}
		return true, err
	})
	if err != nil {
		return nil, err
	}
	c, err := parseCount(pipeline)
	if err != nil {
		return nil, err
	}
	version := e.store.Read(r.db, name)
	q, err := queryOf(version, r.command, c.where, value.Value{}, hint)
	if err != nil {
		return nil, err
	}
	q.Skip, q.Limit = c.skip, c.limit
	n, err := version.Count(ctx, q)
	if err != nil {
		return nil, err
	}
	start, dst := bsoncore.AppendDocumentElementStart(dst, "cursor")
	batch, dst := bsoncore.AppendArrayElementStart(dst, "firstBatch")
	if n > 0 {
		var index int32
		index, dst = bsoncore.AppendDocumentElementStart(dst, "0")
		dst = bsoncore.AppendValueElement(dst, "_id", c.group)
		dst = appendNumber(dst, "n", n)
		dst, _ = bsoncore.AppendDocumentEnd(dst, index) // fails only on a start that is out of range
	}
	dst, _ = bsoncore.AppendArrayEnd(dst, batch) // fails only on a start that is out of range
	return (&cursor{db: r.db, collection: name}).end(dst, start, 0), nil
}

// counting is the one pipeline on the list.
type counting struct {
	where       value.Value
	skip, limit int64
	group       value.Value
}

func parseCount(pipeline value.Value) (counting, error) {
	var c counting
	if pipeline.Type != bsoncore.TypeArray {
		return c, failure.New(failure.MissingField, "BSON field 'aggregate.pipeline' is missing but a required field")
	}
	order := []string{"$match", "$skip", "$limit", "$group"}
	for it := value.Elements(pipeline.Data); it.Next(); {
		name, operand, err := parseStage(it.Value())
		if err != nil {
			return c, err
		}
		for len(order) > 0 && order[0] != name {
			order = order[1:]
		}
		if len(order) == 0 {
			return c, failure.New(failure.UnrecognizedPipelineStage,
				"mongolite supports the pipeline [$match, $skip, $limit, $group] to count, and not the stage '%s' there", name)
		}
		order = order[1:]
		switch name {
		case "$match":
			c.where = operand
		case "$skip":
			c.skip, err = amount("aggregate", name, operand)
		case "$limit":
			if c.limit, err = amount("aggregate", name, operand); err == nil && c.limit == 0 {
				err = failure.New(failure.BadValue, "the limit must be positive")
			}
		case "$group":
			err = c.parseGroup(operand)
		}
		if err != nil {
			return c, err
		}
	}
	if c.group.Type == value.Missing {
		return c, failure.New(failure.UnrecognizedPipelineStage, "mongolite supports only pipelines that end in a $group that counts")
	}
	return c, nil
}

func parseStage(v value.Value) (name string, operand value.Value, err error) {
	if v.Type != bsoncore.TypeEmbeddedDocument {
		return "", operand, failure.New(failure.TypeMismatch, "Each element of the 'pipeline' array must be an object")
	}
	it := value.Elements(v.Data)
	if !it.Next() {
		return "", operand, failure.New(failure.UnrecognizedPipelineStage, "A pipeline stage specification object must contain exactly one field.")
	}
	name, operand = string(it.Key()), it.Value()
	switch name {
	case "$match", "$skip", "$limit", "$group":
	default:
		return "", operand, failure.New(failure.UnrecognizedPipelineStage, "Unrecognized pipeline stage name: '%s'", name)
	}
	if it.Next() {
		return "", operand, failure.New(failure.UnrecognizedPipelineStage, "A pipeline stage specification object must contain exactly one field.")
	}
	return name, operand, nil
}

// parseGroup reads {_id: <constant>, n: {$sum: 1}}.
func (c *counting) parseGroup(v value.Value) error {
	refused := failure.New(failure.BadValue, "mongolite supports $group as {_id: <constant>, n: {$sum: 1}} only, not %s", v)
	if v.Type != bsoncore.TypeEmbeddedDocument {
		return refused
	}
	counts := false
	for it := value.Elements(v.Data); it.Next(); {
		switch string(it.Key()) {
		case "_id":
			c.group = it.Value()
			switch c.group.Type {
			case bsoncore.TypeString, bsoncore.TypeEmbeddedDocument, bsoncore.TypeArray:
				return refused // may be an expression
			}
		case "n":
			if it.Value().Type != bsoncore.TypeEmbeddedDocument {
				return refused
			}
			sum := value.Elements(it.Value().Data)
			if !sum.Next() || string(sum.Key()) != "$sum" {
				return refused
			}
			one, ok := value.Whole(sum.Value())
			if counts = ok && one == 1; !counts || sum.Next() {
				return refused
			}
		default:
			return refused
		}
	}
	if !counts || c.group.Type == value.Missing {
		return refused
	}
	return nil
}
