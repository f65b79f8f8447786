package update

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
	"pgregory.net/rapid"

	"tiffin/platform/mongolite/internal/failure"
	"tiffin/platform/mongolite/internal/value"
)

func marshal(t require.TestingT, doc any) bsoncore.Document {
	raw, err := bson.Marshal(doc)
	require.NoError(t, err)
	return raw
}

func parse(t require.TestingT, doc any) (*Update, error) {
	return Parse(value.Value{Type: bsoncore.TypeEmbeddedDocument, Data: marshal(t, doc)})
}

// TestAgreesWithMaps applies operators to a document and to a map of maps.
func TestAgreesWithMaps(t *testing.T) {
	names := rapid.SampledFrom([]string{"a", "b", "c.x", "c.y", "d.e.f"})
	rapid.Check(t, func(t *rapid.T) {
		doc := marshal(t, bson.D{{Key: "_id", Value: int32(1)}})
		model := map[string]int32{}
		for range rapid.IntRange(1, 8).Draw(t, "updates") {
			update := map[string]bson.D{}
			for _, name := range rapid.SliceOfNDistinct(names, 1, 4, rapid.ID[string]).Draw(t, "names") {
				operator := rapid.SampledFrom([]string{"$set", "$inc", "$unset", "$min", "$max"}).Draw(t, "operator")
				n := rapid.Int32Range(-9, 9).Draw(t, "n")
				update[operator] = append(update[operator], bson.E{Key: name, Value: n})
				switch old, there := model[name]; {
				case operator == "$unset":
					delete(model, name)
				case operator == "$inc":
					model[name] = old + n
				case operator == "$set" || !there || operator == "$min" && n < old || operator == "$max" && n > old:
					model[name] = n
				}
			}
			u, err := parse(t, update)
			require.NoError(t, err)
			doc, err = u.Apply(doc)
			require.NoError(t, err)
			require.NoError(t, value.Validate(doc))
		}
		got := map[string]int32{}
		for _, name := range []string{"a", "b", "c.x", "c.y", "d.e.f"} {
			path, err := value.ParsePath(name)
			require.NoError(t, err)
			path.Any(doc, found(func(v value.Value) { got[name] = v.Int32() }), false)
		}
		require.Equal(t, model, got)
	})
}

type found func(value.Value)

func (f found) Test(v value.Value) bool {
	if v.Type != value.Missing {
		f(v)
	}
	return false
}

// TestNewFieldsAreAppendedByName pins MongoDB's order, which other engines differ in.
func TestNewFieldsAreAppendedByName(t *testing.T) {
	u, err := parse(t, bson.D{
		{Key: "$set", Value: bson.D{{Key: "z", Value: 1}, {Key: "b", Value: 1}, {Key: "list.10", Value: 1}, {Key: "list.9", Value: 1}}},
		{Key: "$inc", Value: bson.D{{Key: "c", Value: 1}}},
	})
	require.NoError(t, err)
	doc, err := u.Apply(marshal(t, bson.D{{Key: "_id", Value: 1}, {Key: "y", Value: 1}, {Key: "list", Value: bson.D{}}}))
	require.NoError(t, err)
	var order []string
	for it := value.Elements(doc); it.Next(); {
		order = append(order, string(it.Key()))
	}
	require.Equal(t, []string{"_id", "y", "list", "b", "c", "z"}, order)
	require.JSONEq(t, `{"9": {"$numberInt":"1"},"10": {"$numberInt":"1"}}`, doc.Lookup("list").Document().String())
}

func TestRefusals(t *testing.T) {
	stored := marshal(t, bson.D{{Key: "_id", Value: 1}, {Key: "s", Value: "x"}, {Key: "a", Value: bson.A{1}}, {Key: "n", Value: int64(1<<63 - 1)}})
	for code, updates := range map[failure.Code][]any{
		failure.FailedToParse: {
			bson.D{{Key: "$rename", Value: bson.D{{Key: "a", Value: "b"}}}},
			bson.D{{Key: "$set", Value: 1}},
			bson.D{{Key: "$set", Value: bson.D{}}, {Key: "a", Value: 1}},
			bson.D{{Key: "$mul", Value: bson.D{{Key: "n", Value: 2}}}},
		},
		failure.BadValue: {
			bson.D{{Key: "$set", Value: bson.D{{Key: "a.$", Value: 1}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "a.$[]", Value: 1}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "a.$[x].b", Value: 1}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "a..b", Value: 1}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "", Value: 1}}}},
			bson.D{{Key: "$inc", Value: bson.D{{Key: "n", Value: 1}}}},
			bson.D{{Key: "$push", Value: bson.D{{Key: "a", Value: bson.D{{Key: "$each", Value: bson.A{}}, {Key: "$sort", Value: 1}}}}}},
			bson.D{{Key: "$push", Value: bson.D{{Key: "s", Value: 1}}}},
			bson.D{{Key: "$pull", Value: bson.D{{Key: "s", Value: 1}}}},
			bson.D{{Key: "$addToSet", Value: bson.D{{Key: "a", Value: bson.D{{Key: "$each", Value: bson.A{}}, {Key: "x", Value: 1}}}}}},
			bson.D{{Key: "$currentDate", Value: bson.D{{Key: "a", Value: "now"}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "a.99999999", Value: 1}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "b", Value: bson.Decimal128{}}}}},
			bson.D{{Key: "$pull", Value: bson.D{{Key: "a", Value: bson.D{{Key: "$type", Value: 1}}}}}},
		},
		failure.TypeMismatch: {
			bson.D{{Key: "$inc", Value: bson.D{{Key: "s", Value: 1}}}}, bson.D{{Key: "$inc", Value: bson.D{{Key: "n", Value: "1"}}}},
		},
		failure.PathNotViable: {
			bson.D{{Key: "$set", Value: bson.D{{Key: "s.x", Value: 1}}}}, bson.D{{Key: "$set", Value: bson.D{{Key: "a.x", Value: 1}}}},
		},
		failure.ConflictingUpdate: {
			bson.D{{Key: "$set", Value: bson.D{{Key: "x", Value: 1}, {Key: "x.y", Value: 1}}}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "x", Value: 1}}}, {Key: "$unset", Value: bson.D{{Key: "x", Value: 1}}}},
		},
		failure.ImmutableField: {
			bson.D{{Key: "$set", Value: bson.D{{Key: "_id", Value: 2}}}}, bson.D{{Key: "$unset", Value: bson.D{{Key: "_id", Value: 1}}}}, bson.D{{Key: "_id", Value: 2}},
		},
		failure.DollarPrefixedFieldName: {
			bson.D{{Key: "$set", Value: bson.D{{Key: "b", Value: bson.D{{Key: "$x", Value: 1}}}}}}, bson.D{{Key: "b", Value: 1}, {Key: "$x", Value: 1}},
		},
	} {
		for _, update := range updates {
			u, err := parse(t, update)
			if err == nil {
				_, err = u.Apply(stored)
			}
			require.Error(t, err, "%v", update)
			require.Equal(t, code, failure.Of(err).Code, "%v: %v", update, err)
		}
	}
	_, err := Parse(value.Value{Type: bsoncore.TypeArray, Data: marshal(t, bson.D{})})
	require.Equal(t, failure.FailedToParse, failure.Of(err).Code, "pipelines are refused")
}

// TestTheListIsClosed keeps ADR 0003 and the code together.
func TestTheListIsClosed(t *testing.T) {
	require.Equal(t, []string{"$addToSet", "$currentDate", "$inc", "$max", "$min", "$pull", "$push", "$set", "$setOnInsert", "$unset"},
		slices.Sorted(maps.Keys(operators)))
}
