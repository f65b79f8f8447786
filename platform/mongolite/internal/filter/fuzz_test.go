package filter

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/mongolite/internal/value"
)

// FuzzFilter feeds filters and documents from bytes. Nothing may panic, and where a
// document matches, an index on any constrained path must have it in the intervals.
func FuzzFilter(f *testing.F) {
	document := marshal(f, bson.D{
		{Key: "_id", Value: "x"}, {Key: "a", Value: bson.A{1, "ab", nil, bson.D{{Key: "b", Value: 2.5}}}}, {Key: "c", Value: bson.D{{Key: "d", Value: true}}},
	})
	for _, filter := range []bson.D{
		{{Key: "_id", Value: "x"}, {Key: "a.b", Value: bson.D{{Key: "$gt", Value: 1}, {Key: "$lte", Value: 2.5}}}},
		{{Key: "$or", Value: bson.A{bson.D{{Key: "a", Value: bson.D{{Key: "$in", Value: bson.A{1, nil, bson.Regex{Pattern: "^a"}}}}}}, bson.D{{Key: "a", Value: bson.D{{Key: "$lt", Value: 9}}}}}}},
		{{Key: "a", Value: bson.D{{Key: "$elemMatch", Value: bson.D{{Key: "b", Value: bson.D{{Key: "$exists", Value: true}}}}}}}},
		{{Key: "a", Value: bson.D{{Key: "$all", Value: bson.A{1, "ab"}}, {Key: "$size", Value: 4}, {Key: "$not", Value: bson.D{{Key: "$gte", Value: 100}}}}}},
		{{Key: "a", Value: bson.D{{Key: "$regex", Value: "^AB$"}, {Key: "$options", Value: "im"}}}, {Key: "c", Value: bson.D{{Key: "$ne", Value: nil}}}},
		{{Key: "a.0", Value: 1}, {Key: "$nor", Value: bson.A{bson.D{{Key: "c.d", Value: false}}}}},
	} {
		f.Add(marshal(f, filter), document)
	}
	f.Fuzz(func(t *testing.T, where, doc []byte) {
		if value.Validate(where) != nil || value.Validate(doc) != nil || value.Storable(doc) != nil {
			return
		}
		filter, err := Parse(where)
		if err != nil || !filter.Matches(doc) {
			return
		}
		for _, c := range filter.Constraints() {
			requireWithin(t, c, doc)
		}
	})
}

func requireWithin(t *testing.T, c Constraint, doc []byte) {
	path, err := value.ParsePath(c.Path)
	require.NoError(t, err)
	keys, err := (value.Order{{Path: path}}).Keys(doc)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(keys.All, func(key []byte) bool {
		return slices.ContainsFunc(c.Intervals, func(i Interval) bool { return i.contains(key) })
	}), "no key of %q is within %v", c.Path, c.Intervals)
}

func (i Interval) contains(key []byte) bool {
	return i.From.isBefore(key) && !i.To.isBefore(key)
}

// isBefore tells on which side of the cut a key is.
func (c Cut) isBefore(key []byte) bool {
	if bytes.HasPrefix(key, c.Key) {
		return !c.After
	}
	return bytes.Compare(c.Key, key) < 0
}

func marshal(t testing.TB, doc bson.D) []byte {
	t.Helper()
	raw, err := bson.Marshal(doc)
	require.NoError(t, err)
	return raw
}

// TestTheListIsClosed asks for operators that MongoDB has and ADR 0003 has not.
func TestTheListIsClosed(t *testing.T) {
	for _, filter := range []bson.D{
		{{Key: "$where", Value: "1"}},
		{{Key: "$jsonSchema", Value: bson.D{}}},
		{{Key: "$expr", Value: bson.D{}}},
		{{Key: "$text", Value: bson.D{}}},
		{{Key: "a", Value: bson.D{{Key: "$mod", Value: bson.A{2, 0}}}}},
		{{Key: "a", Value: bson.D{{Key: "$type", Value: "string"}}}},
		{{Key: "a", Value: bson.D{{Key: "$geoWithin", Value: bson.D{}}}}},
		{{Key: "a", Value: bson.D{{Key: "$bitsAllSet", Value: 1}}}},
		{{Key: "a", Value: bson.D{{Key: "$not", Value: 1}}}},
		{{Key: "a", Value: bson.D{{Key: "$all", Value: bson.A{bson.D{{Key: "$gt", Value: 1}}}}}}},
		{{Key: "a", Value: bson.D{{Key: "$in", Value: bson.A{bson.D{{Key: "$gt", Value: 1}}}}}}},
		{{Key: "a", Value: bson.D{{Key: "$options", Value: "i"}}}},
		{{Key: "a", Value: bson.D{{Key: "$elemMatch", Value: bson.D{{Key: "$where", Value: "1"}}}}}},
		{{Key: "a..b", Value: 1}},
	} {
		_, err := Parse(marshal(t, filter))
		require.Error(t, err, "%v", filter)
	}
}

// TestPatterns pins where a pattern lets an index narrow, and where $ ends a line.
func TestPatterns(t *testing.T) {
	for pattern, prefix := range map[string]string{
		"^abc": "abc", "^a.c": "a", "^ab*": "a", "^": "", "abc": "", "^abc$": "abc", "^(abc)": "", "^a|b": "", `^a\.b`: "a.b", "(?i)^abc": "",
	} {
		m, err := compile(pattern, "")
		require.NoError(t, err)
		require.Equal(t, prefix, m.prefix, pattern)
	}
	m, err := compile("c$", "")
	require.NoError(t, err)
	require.True(t, m.re.MatchString("abc\n"), "before a final newline, as in PCRE")
	require.False(t, m.re.MatchString("abc\nd"))
	m, err = compile("c$", "m")
	require.NoError(t, err)
	require.True(t, m.re.MatchString("abc\nd"))
}
