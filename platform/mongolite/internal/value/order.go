package value

import (
	"bytes"
	"math/bits"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/failure"
)

// Field is one field of an Order.
type Field struct {
	Path       Path
	Descending bool
}

// Order is a compound order: an index's key pattern or a sort.
type Order []Field

// ParseOrder reads {field: 1, other: -1}.
func ParseOrder(doc []byte) (Order, error) {
	var order Order
	for it := Elements(doc); it.Next(); {
		name := string(it.key)
		direction, ok := Whole(it.value)
		if !ok || direction != 1 && direction != -1 {
			return nil, failure.New(failure.BadValue, "the order of '%s' must be 1 or -1", name)
		}
		if name == "" || name[0] == '$' || strings.Contains(name, ".$") {
			return nil, failure.New(failure.BadValue, "mongolite does not order by '%s'", name)
		}
		path, err := ParsePath(name)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(order, func(f Field) bool { return f.Path.text == name }) {
			return nil, failure.New(failure.BadValue, "the order names '%s' twice", name)
		}
		order = append(order, Field{Path: path, Descending: direction < 0})
	}
	if len(order) > 32 {
		return nil, failure.New(failure.BadValue, "an order has 32 fields at most")
	}
	return order, nil
}

// Document is the order as it was given.
func (o Order) Document() bsoncore.Document {
	builder := bsoncore.NewDocumentBuilder()
	for _, f := range o {
		direction := int32(1)
		if f.Descending {
			direction = -1
		}
		builder.AppendInt32(f.Path.text, direction)
	}
	return builder.Build()
}

// Keys are the keys of a document in an order: one for each element of the array
// that one of its fields may lead through, ascending and without repetition.
type Keys struct {
	All [][]byte
	// Through has a bit for each field that led through an array.
	Through uint32
}

// Keys makes a document's keys in this order. It refuses a document in which two
// fields lead through arrays, where MongoDB would have to combine them.
func (o Order) Keys(doc []byte) (Keys, error) {
	var scratch [8]Value
	var keys Keys
	var many []Value // the values of the one field that leads through an array
	single := make([]byte, 0, 64)
	var before int // where that field's key belongs in single
	for i, f := range o {
		var c collector
		c.values = scratch[:0]
		c.collect(doc, f.Path.parts)
		if c.through {
			if keys.Through != 0 {
				return Keys{}, failure.New(failure.ParallelArrays, "cannot index parallel arrays [%s] [%s]",
					f.Path.text, o[bits.TrailingZeros32(keys.Through)].Path.text)
			}
			keys.Through |= 1 << i
			many, before = slices.Clone(c.values), len(single)
			continue
		}
		single = appendField(single, c.values[0], f.Descending)
	}
	if keys.Through == 0 {
		keys.All = [][]byte{single}
		return keys, nil
	}
	descending := o[bits.TrailingZeros32(keys.Through)].Descending
	for _, v := range many {
		key := append(make([]byte, 0, len(single)+24), single[:before]...)
		key = append(appendField(key, v, descending), single[before:]...)
		keys.All = append(keys.All, key)
	}
	slices.SortFunc(keys.All, bytes.Compare)
	keys.All = slices.CompactFunc(keys.All, bytes.Equal)
	return keys, nil
}

// SameFields tells whether two documents have the same bytes in every field that the
// order looks into, and so the same keys.
func (o Order) SameFields(a, b []byte) bool {
	for _, f := range o {
		if !EqualBytes(Lookup(a, f.Path.parts[0]), Lookup(b, f.Path.parts[0])) {
			return false
		}
	}
	return true
}

func appendField(dst []byte, v Value, descending bool) []byte {
	start := len(dst)
	if v.Type == bsoncore.TypeUndefined {
		dst = AppendUndefined(dst)
	} else {
		dst = AppendKey(dst, v)
	}
	if descending {
		Invert(dst[start:])
	}
	return dst
}

// collector gathers what an index sees at a path: at least all that a filter
// would see there, null where it sees nothing.
type collector struct {
	values  []Value
	through bool
}

func (c *collector) collect(doc []byte, parts []string) {
	v := Lookup(doc, parts[0])
	switch {
	case v.Type == bsoncore.TypeArray:
		c.array(v.Data, parts[1:])
	case len(parts) == 1 && v.Type != Missing:
		c.values = append(c.values, v)
	case len(parts) > 1 && v.Type == bsoncore.TypeEmbeddedDocument:
		c.collect(v.Data, parts[1:])
	default:
		c.values = append(c.values, Null)
	}
}

// array collects from an array: its elements where the path ends, else what the
// rest of the path finds in them.
func (c *collector) array(array []byte, parts []string) {
	c.through = true
	if len(parts) == 0 {
		if IsEmpty(array) {
			c.values = append(c.values, Value{Type: bsoncore.TypeUndefined})
		}
		for it := Elements(array); it.Next(); {
			c.values = append(c.values, it.value)
		}
		return
	}
	found := len(c.values)
	position := isPosition(parts[0])
	for it := Elements(array); it.Next(); {
		v := it.value
		if v.Type == bsoncore.TypeEmbeddedDocument {
			c.collect(v.Data, parts)
		}
		if !position || string(it.key) != parts[0] {
			continue
		}
		switch {
		case v.Type == bsoncore.TypeArray:
			c.array(v.Data, parts[1:])
		case len(parts) == 1:
			c.values = append(c.values, v)
		case v.Type == bsoncore.TypeEmbeddedDocument:
			c.collect(v.Data, parts[1:])
		}
	}
	if len(c.values) == found {
		c.values = append(c.values, Null)
	}
}

// ValuesOf names the values behind one of a document's keys, for the message about
// a duplicate.
func (o Order) ValuesOf(doc, key []byte) bsoncore.Document {
	builder := bsoncore.NewDocumentBuilder()
	rest := key
	for _, f := range o {
		var c collector
		c.collect(doc, f.Path.parts)
		for _, v := range c.values {
			part := appendField(nil, v, f.Descending)
			if !bytes.HasPrefix(rest, part) {
				continue
			}
			rest = rest[len(part):]
			if v.Type == bsoncore.TypeUndefined {
				v = Null // there is no undefined to show
			}
			builder.AppendValue(f.Path.text, v)
			break
		}
	}
	return builder.Build()
}
