package filter

import (
	"regexp"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"tiffin/platform/mongolite/internal/value"
)

// equal is $eq. Null is equal to a field that is not there.
type equal struct{ to value.Value }

func (t equal) Test(v value.Value) bool { return value.Compare(v, t.to) == 0 }

// compare is $gt, $gte, $lt or $lte: within the operand's type only.
type compare struct {
	to            value.Value
	less, greater bool // which side of the operand passes
	equal         bool
}

func (t compare) Test(v value.Value) bool {
	if value.Tag(v) != value.Tag(t.to) {
		// MinKey and MaxKey are the ends of every type's range.
		switch t.to.Type {
		case bsoncore.TypeMinKey:
			return t.greater && v.Type != value.Missing
		case bsoncore.TypeMaxKey:
			return t.less && v.Type != value.Missing
		default:
			return false
		}
	}
	if v.Type == value.Missing || v.Type == bsoncore.TypeNull {
		return t.equal
	}
	if value.IsNaN(v) || value.IsNaN(t.to) {
		return t.equal && value.IsNaN(v) && value.IsNaN(t.to)
	}
	switch c := value.Compare(v, t.to); {
	case c < 0:
		return t.less
	case c > 0:
		return t.greater
	default:
		return t.equal
	}
}

// in is $in: by hash, because projectors load a thousand documents at once.
type in struct {
	keys    map[string]struct{}
	regexes []*regexp.Regexp
}

func (t in) Test(v value.Value) bool {
	var scratch [64]byte
	if _, ok := t.keys[string(value.AppendKey(scratch[:0], v))]; ok {
		return true
	}
	for _, re := range t.regexes {
		if (match{re: re}).Test(v) {
			return true
		}
	}
	return false
}

// match is $regex.
type match struct {
	re     *regexp.Regexp
	prefix string // what every match begins with
	source value.Value
}

func (t match) Test(v value.Value) bool {
	switch v.Type {
	case bsoncore.TypeString:
		return t.re.Match(v.Data[4 : len(v.Data)-1])
	default:
		return false
	}
}

// exists is {$exists: true}; false is its negation.
type exists struct{}

func (exists) Test(v value.Value) bool { return v.Type != value.Missing }

// length is $size.
type length struct{ n int64 }

func (t length) Test(v value.Value) bool {
	if v.Type != bsoncore.TypeArray {
		return false
	}
	var n int64
	for it := value.Elements(v.Data); it.Next(); {
		n++
	}
	return n == t.n
}

// documentWith is $elemMatch with a filter: one document of the array passes all of it.
type documentWith struct{ filter and }

func (t documentWith) Test(v value.Value) bool {
	if v.Type != bsoncore.TypeArray {
		return false
	}
	for it := value.Elements(v.Data); it.Next(); {
		e := it.Value()
		if (e.Type == bsoncore.TypeEmbeddedDocument || e.Type == bsoncore.TypeArray) && t.filter.matches(e.Data) {
			return true
		}
	}
	return false
}

// elementWith is $elemMatch with operators: one element passes all of them.
type elementWith struct{ values Values }

func (t elementWith) Test(v value.Value) bool {
	if v.Type != bsoncore.TypeArray {
		return false
	}
	for it := value.Elements(v.Data); it.Next(); {
		if t.values.Matches(it.Value()) {
			return true
		}
	}
	return false
}

// never passes nothing: {$all: []}.
type never struct{}

func (never) Test(value.Value) bool { return false }
