package value

import (
	"bytes"
	"cmp"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
	"pgregory.net/rapid"

	"tiffin/platform/mongolite/internal/failure"
)

func of(t require.TestingT, v any) Value {
	kind, data, err := bson.MarshalValue(v)
	require.NoError(t, err)
	return Value{Type: bsoncore.Type(kind), Data: data}
}

var numbers = rapid.OneOf(
	rapid.Custom(func(t *rapid.T) any { return rapid.Int32().Draw(t, "int32") }),
	rapid.Custom(func(t *rapid.T) any { return rapid.Int64().Draw(t, "int64") }),
	rapid.Custom(func(t *rapid.T) any { return rapid.Float64().Draw(t, "double") }),
	rapid.Custom(func(t *rapid.T) any { // where doubles can't tell int64s apart
		return int64(1)<<rapid.IntRange(52, 62).Draw(t, "bit") + rapid.Int64Range(-3, 3).Draw(t, "off")
	}),
	rapid.Custom(func(t *rapid.T) any { return math.Ldexp(1, rapid.IntRange(50, 64).Draw(t, "exponent")) }),
)

func exact(v any) *big.Float {
	switch v := v.(type) {
	case int32:
		return new(big.Float).SetInt64(int64(v))
	case int64:
		return new(big.Float).SetInt64(v)
	default:
		return new(big.Float).SetFloat64(v.(float64))
	}
}

func TestNumbersCompareExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := numbers.Draw(t, "x"), numbers.Draw(t, "y")
		want := exact(x).Cmp(exact(y))
		require.Equal(t, want, Compare(of(t, x), of(t, y)), "%v %v", x, y)
		require.Equal(t, want, bytes.Compare(AppendKey(nil, of(t, x)), AppendKey(nil, of(t, y))), "%v %v", x, y)
	})
}

func anything(depth int) *rapid.Generator[any] {
	scalars := rapid.OneOf(
		numbers,
		rapid.Custom(func(t *rapid.T) any {
			return rapid.StringOf(rapid.RuneFrom([]rune{0, 1, 'a', 'b', 0xFF, 'é'})).Draw(t, "string")
		}),
		rapid.Custom(func(t *rapid.T) any {
			return bson.Binary{Data: rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(t, "binary"), Subtype: rapid.Byte().Draw(t, "subtype")}
		}),
		rapid.Just[any](bson.Null{}), rapid.Just[any](true), rapid.Just[any](false), rapid.Just[any](bson.MinKey{}), rapid.Just[any](bson.MaxKey{}),
		rapid.Custom(func(t *rapid.T) any { return bson.DateTime(rapid.Int64().Draw(t, "date")) }),
		rapid.Custom(func(t *rapid.T) any {
			return bson.Timestamp{T: rapid.Uint32().Draw(t, "t"), I: rapid.Uint32().Draw(t, "i")}
		}),
	)
	if depth == 0 {
		return scalars
	}
	return rapid.OneOf(
		scalars, scalars,
		rapid.Custom(func(t *rapid.T) any { return bson.A(rapid.SliceOfN(anything(depth-1), 0, 3).Draw(t, "array")) }),
		rapid.Custom(func(t *rapid.T) any {
			doc := bson.D{}
			for _, v := range rapid.SliceOfN(anything(depth-1), 0, 3).Draw(t, "document") {
				doc = append(doc, bson.E{Key: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "name"), Value: v})
			}
			return doc
		}),
	)
}

// naive compares as MongoDB's documentation tells it, without keys.
func naive(a, b Value) int {
	if c := cmp.Compare(Tag(a), Tag(b)); c != 0 {
		return c
	}
	switch a.Type {
	case bsoncore.TypeEmbeddedDocument, bsoncore.TypeArray:
		left, right := Elements(a.Data), Elements(b.Data)
		for {
			more, also := left.Next(), right.Next()
			if !more || !also {
				return cmp.Compare(truth(more), truth(also))
			}
			if c := cmp.Compare(Tag(left.value), Tag(right.value)); c != 0 {
				return c
			}
			if a.Type == bsoncore.TypeEmbeddedDocument {
				if c := bytes.Compare(left.key, right.key); c != 0 {
					return c
				}
			}
			if c := naive(left.value, right.value); c != 0 {
				return c
			}
		}
	case bsoncore.TypeBinary:
		if c := cmp.Compare(len(a.Data), len(b.Data)); c != 0 {
			return c
		}
		return bytes.Compare(a.Data[4:], b.Data[4:])
	default:
		return Compare(a, b)
	}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestKeysSortAsValuesDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := of(t, anything(2).Draw(t, "x")), of(t, anything(2).Draw(t, "y"))
		left, right := AppendKey(nil, x), AppendKey(nil, y)
		want := naive(x, y)
		require.Equal(t, want, bytes.Compare(left, right))
		require.Equal(t, want, Compare(x, y))
		if want != 0 {
			require.False(t, bytes.HasPrefix(left, right) || bytes.HasPrefix(right, left), "no key is a prefix of another")
		}
		Invert(left)
		Invert(right)
		require.Equal(t, -want, bytes.Compare(left, right))
	})
}

func TestValidate(t *testing.T) {
	whole, err := bson.Marshal(bson.D{
		{Key: "s", Value: "text"},
		{Key: "d", Value: bson.D{{Key: "a", Value: bson.A{1, true, nil}}}},
		{Key: "b", Value: bson.Binary{Data: []byte{1}}},
		{Key: "r", Value: bson.Regex{Pattern: "a", Options: "i"}},
		{Key: "js", Value: bson.JavaScript("x")},
	})
	require.NoError(t, err)
	require.NoError(t, Validate(whole))
	for n := range whole {
		require.ErrorIs(t, Validate(whole[:n]), ErrMalformed, "cut at %d", n)
	}
	require.ErrorIs(t, Validate(append(bytes.Clone(whole), 0)), ErrMalformed)

	deep := bson.D{}
	for range 99 {
		deep = bson.D{{Key: "d", Value: deep}}
	}
	stored := of(t, deep).Data
	require.NoError(t, Storable(stored))
	deeper := of(t, bson.D{{Key: "d", Value: deep}}).Data
	require.NoError(t, Validate(deeper))
	require.Equal(t, failure.Overflow, failure.Of(Storable(deeper)).Code)
}

func TestStorable(t *testing.T) {
	for _, c := range []struct {
		value any
		code  failure.Code
	}{
		{bson.Decimal128{}, failure.BadValue},
		{bson.JavaScript("x"), failure.BadValue},
		{bson.Symbol("x"), failure.BadValue},
		{bson.Undefined{}, failure.BadValue},
		{bson.Regex{Pattern: "x"}, failure.BadValue},
		{bson.D{{Key: "$set", Value: 1}}, failure.DollarPrefixedFieldName},
		{bson.A{bson.D{{Key: "$x", Value: 1}}}, failure.DollarPrefixedFieldName},
	} {
		err := Storable(of(t, bson.D{{Key: "field", Value: c.value}}).Data)
		require.Error(t, err, "%T", c.value)
		require.Equal(t, c.code, failure.Of(err).Code)
	}
}
