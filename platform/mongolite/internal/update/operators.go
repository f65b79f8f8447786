package update

import (
	"time"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

// operator is how one kind of change reads its operand and is carried out.
type operator struct {
	prepare func(path value.Path, operand value.Value) (any, error)
	apply   func(t *tree, c *change) error
}

var operators = map[string]operator{
	"$set":         {apply: set},
	"$setOnInsert": {apply: set},
	"$unset":       {apply: unset},
	"$inc":         {prepare: prepareInc, apply: inc},
	"$min":         {apply: extreme},
	"$max":         {apply: extreme},
	"$currentDate": {prepare: prepareCurrentDate, apply: currentDate},
	"$push":        {prepare: preparePush, apply: push},
	"$addToSet":    {prepare: prepareAddToSet, apply: addToSet},
	"$pull":        {prepare: preparePull, apply: pull},
}

func set(t *tree, c *change) error {
	m, err := t.reach(c.path.Parts(), true)
	if err == nil {
		m.set(c.operand)
	}
	return err
}

func unset(t *tree, c *change) error {
	t.remove(c.path.Parts())
	return nil
}

func extreme(t *tree, c *change) error {
	m, err := t.reach(c.path.Parts(), true)
	if err != nil {
		return err
	}
	current := m.current()
	order := value.Compare(c.operand, current)
	if current.Type == value.Missing || c.operator == "$min" && order < 0 || c.operator == "$max" && order > 0 {
		m.set(c.operand)
	}
	return nil
}

func prepareInc(path value.Path, operand value.Value) (any, error) {
	if !isNumber(operand) {
		return nil, failure.New(failure.TypeMismatch, "Cannot increment with non-numeric argument: {%s: %s}", path, operand)
	}
	return nil, nil
}

func inc(t *tree, c *change) error {
	m, err := t.reach(c.path.Parts(), true)
	if err != nil {
		return err
	}
	current := m.current()
	if current.Type == value.Missing {
		m.set(c.operand)
		return nil
	}
	if !isNumber(current) {
		return failure.New(failure.TypeMismatch, "Cannot apply $inc to a value of non-numeric type. The field '%s' has type %s",
			c.path, value.TypeName(current.Type))
	}
	sum, ok := add(current, c.operand)
	if !ok {
		return failure.New(failure.BadValue, "Failed to apply $inc operations to current value (%s) for '%s'", current, c.path)
	}
	m.set(sum)
	return nil
}

func isNumber(v value.Value) bool {
	switch v.Type {
	case bsoncore.TypeInt32, bsoncore.TypeInt64, bsoncore.TypeDouble:
		return true
	default:
		return false
	}
}

// add keeps the wider of two types; int32 widens where the sum needs it.
func add(a, b value.Value) (value.Value, bool) {
	if a.Type == bsoncore.TypeDouble || b.Type == bsoncore.TypeDouble {
		x, _ := a.AsFloat64OK()
		y, _ := b.AsFloat64OK()
		return value.Value{Type: bsoncore.TypeDouble, Data: bsoncore.AppendDouble(nil, x+y)}, true
	}
	x, _ := value.Whole(a)
	y, _ := value.Whole(b)
	sum := x + y
	if (sum > x) != (y > 0) {
		return value.Value{}, false
	}
	if a.Type == bsoncore.TypeInt32 && b.Type == bsoncore.TypeInt32 && sum == int64(int32(sum)) {
		return value.Value{Type: bsoncore.TypeInt32, Data: bsoncore.AppendInt32(nil, int32(sum))}, true
	}
	return value.Value{Type: bsoncore.TypeInt64, Data: bsoncore.AppendInt64(nil, sum)}, true
}

// prepareCurrentDate tells whether a timestamp is wanted instead of a date.
func prepareCurrentDate(path value.Path, operand value.Value) (any, error) {
	if operand.Type == bsoncore.TypeBoolean {
		return false, nil
	}
	if operand.Type == bsoncore.TypeEmbeddedDocument {
		it := value.Elements(operand.Data)
		if it.Next() && string(it.Key()) == "$type" && it.Value().Type == bsoncore.TypeString {
			kind := value.Text(it.Value())
			if (kind == "date" || kind == "timestamp") && !it.Next() {
				return kind == "timestamp", nil
			}
		}
	}
	return nil, failure.New(failure.BadValue,
		"The '$currentDate' of '%s' must be true, {$type: 'date'} or {$type: 'timestamp'}", path)
}

func currentDate(t *tree, c *change) error {
	m, err := t.reach(c.path.Parts(), true)
	if err != nil {
		return err
	}
	now := time.Now()
	if c.prepared.(bool) {
		m.set(value.Value{Type: bsoncore.TypeTimestamp, Data: bsoncore.AppendTimestamp(nil, uint32(now.Unix()), 1)})
		return nil
	}
	m.set(value.Value{Type: bsoncore.TypeDateTime, Data: bsoncore.AppendDateTime(nil, now.UnixMilli())})
	return nil
}
