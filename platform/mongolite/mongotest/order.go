package mongotest

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// testTypeOrder pins MongoDB's order of types, through a sort and through an index.
func testTypeOrder(t *testing.T, db *mongo.Database) {
	when := time.UnixMilli(1_700_000_000_000)
	ascending := []any{
		bson.MinKey{},
		nil,
		math.Inf(-1), -2.5, -2, int64(-1), 0, 0.5, int64(7), math.Inf(1),
		"", "a", "aa", "b",
		d("a", 1), d("a", 2), d("b", 1),
		bson.Binary{Data: []byte{9}},
		bson.Binary{Data: []byte{1, 2}},
		bson.ObjectID{1},
		bson.ObjectID{2},
		false, true,
		when, when.Add(time.Millisecond),
		bson.Timestamp{T: 1, I: 2},
		bson.Timestamp{T: 2, I: 1},
		bson.MaxKey{},
	}
	documents := make([]any, len(ascending))
	want := make([]any, len(ascending))
	for i, v := range ascending {
		documents[len(ascending)-1-i] = d("_id", int32(i), "v", v)
		want[i] = int32(i)
	}
	for _, direction := range []int{1, -1} {
		c := collection(t, db, documents...)
		got := ids(t, c, d(), options.Find().SetSort(d("v", direction)))
		require.Equal(t, want, got, "sorted")
		_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("v", 1)})
		require.NoError(t, err)
		got = ids(t, c, d(), options.Find().SetSort(d("v", direction)))
		require.Equal(t, want, got, "by index")
		for i, j := 0, len(want)-1; i < j; i, j = i+1, j-1 {
			want[i], want[j] = want[j], want[i]
		}
	}
}

// testNumbers compares across int32, int64 and double, exactly.
func testNumbers(t *testing.T, db *mongo.Database) {
	const big = int64(1) << 53
	c := collection(t, db,
		d("_id", 1, "v", 3), d("_id", 2, "v", int64(3)), d("_id", 3, "v", 3.0),
		d("_id", 4, "v", big), d("_id", 5, "v", big+1), d("_id", 6, "v", float64(big)),
		d("_id", 7, "v", int64(math.MaxInt64)), d("_id", 8, "v", math.Copysign(0, -1)), d("_id", 9, "v", 0),
	)
	check := func() {
		requireIDs(t, c, d("v", 3), 1, 2, 3)
		requireIDs(t, c, d("v", 3.0), 1, 2, 3)
		requireIDs(t, c, d("v", d("$in", a(int64(3)))), 1, 2, 3)
		requireIDs(t, c, d("v", big), 4, 6)
		requireIDs(t, c, d("v", big+1), 5)
		requireIDs(t, c, d("v", d("$gt", float64(big))), 5, 7)
		requireIDs(t, c, d("v", d("$gte", int64(math.MaxInt64))), 7)
		requireIDs(t, c, d("v", 0), 8, 9)
	}
	check()
	_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("v", -1)})
	require.NoError(t, err)
	check()

	// The same number is the same _id, whatever its type.
	_, err = c.InsertOne(t.Context(), d("_id", int64(1)))
	require.True(t, mongo.IsDuplicateKeyError(err), "%v", err)
	_, err = c.InsertOne(t.Context(), d("_id", 1.0))
	require.True(t, mongo.IsDuplicateKeyError(err), "%v", err)
}

// testRanges pins that a range stays within its operand's type.
func testRanges(t *testing.T, db *mongo.Database) {
	when := time.UnixMilli(1_700_000_000_000)
	c := collection(t, db,
		d("_id", 1, "v", 5), d("_id", 2, "v", "5"), d("_id", 3, "v", when), d("_id", 4, "v", true),
		d("_id", 5, "v", nil), d("_id", 6), d("_id", 7, "v", a(1, "z")), d("_id", 8, "v", d("x", 1)),
	)
	check := func() {
		requireIDs(t, c, d("v", d("$gt", 0)), 1, 7)
		requireIDs(t, c, d("v", d("$lt", 100)), 1, 7)
		requireIDs(t, c, d("v", d("$gte", "")), 2, 7)
		requireIDs(t, c, d("v", d("$lt", "z")), 2)
		requireIDs(t, c, d("v", d("$lte", when)), 3)
		requireIDs(t, c, d("v", d("$gt", when)))
		requireIDs(t, c, d("v", d("$gte", false)), 4)
		requireIDs(t, c, d("v", d("$gt", d("x", 0))), 8)
	}
	check()
	for _, direction := range []int{1, -1} {
		_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("v", direction)})
		require.NoError(t, err)
		check()
		require.NoError(t, c.Indexes().DropAll(t.Context()))
	}
}

func testSort(t *testing.T, db *mongo.Database) {
	c := collection(t, db,
		d("_id", 1, "a", 2, "b", "x", "n", d("m", 3)),
		d("_id", 2, "a", 1, "b", "y", "n", d("m", 1)),
		d("_id", 3, "a", 2, "b", "w", "n", d("m", 2)),
		d("_id", 4, "b", "z"),
		d("_id", 5, "a", a(0, 9), "b", "v"),
	)
	for _, s := range []struct {
		sort bson.D
		want []any
	}{
		{d("a", 1, "_id", 1), a(int32(4), int32(5), int32(2), int32(1), int32(3))},  // missing first; an array by its least
		{d("a", -1, "_id", 1), a(int32(5), int32(1), int32(3), int32(2), int32(4))}, // … and by its greatest
		{d("a", -1, "b", 1), a(int32(5), int32(3), int32(1), int32(2), int32(4))},
		{d("b", -1), a(int32(4), int32(2), int32(1), int32(3), int32(5))},
		{d("n.m", 1, "_id", -1), a(int32(5), int32(4), int32(2), int32(3), int32(1))},
		{d("_id", -1), a(int32(5), int32(4), int32(3), int32(2), int32(1))},
	} {
		require.Equal(t, s.want, ids(t, c, d(), options.Find().SetSort(s.sort)), "%v", s.sort)
		require.Equal(t, s.want[1:3], ids(t, c, d(), options.Find().SetSort(s.sort).SetSkip(1).SetLimit(2)), "%v", s.sort)
	}
}
