package views

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
)

func TestFieldsAreComparedWhateverTheirOrder(t *testing.T) {
	for name, c := range map[string]struct {
		served, rebuilt bson.D
		want            []Field
	}{
		"the same":               {d("a", 1, "b", d("x", 1, "y", 2)), d("b", d("y", 2, "x", 1), "a", 1), nil},
		"an inner field":         {d("b", d("x", 1)), d("b", d("x", 2)), []Field{{"b.x", `{"$numberInt":"1"}`, `{"$numberInt":"2"}`}}},
		"another type":           {d("a", 1), d("a", int64(1)), []Field{{"a", `{"$numberInt":"1"}`, `{"$numberLong":"1"}`}}},
		"null for an empty list": {d("a", nil), d("a", bson.A{}), []Field{{"a", "null", "[]"}}},
		"order in a list":        {d("a", bson.A{"x", "y"}), d("a", bson.A{"y", "x"}), []Field{{"a.0", `"x"`, `"y"`}, {"a.1", `"y"`, `"x"`}}},
		"missing on one side":    {d("a", "x"), d("b", "y"), []Field{{"a", `"x"`, absent}, {"b", absent, `"y"`}}},
		"made anew":              {d("a", 1, "_refolded", 2), d("a", 1), nil},
		"long":                   {d("a", strings.Repeat("ä", 500)), d(), []Field{{"a", `"` + strings.Repeat("ä", longest-1) + ellipsis, absent}}},
	} {
		served, err := bson.Marshal(c.served)
		require.NoError(t, err)
		rebuilt, err := bson.Marshal(c.rebuilt)
		require.NoError(t, err)
		require.Equal(t, c.want, differing(served, rebuilt), name)
	}
}

// d is a document of names and values.
func d(pairs ...any) bson.D {
	out := bson.D{}
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, bson.E{Key: pairs[i].(string), Value: pairs[i+1]})
	}
	return out
}
