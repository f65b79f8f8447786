package mongotest

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func testProjection(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "a", 1, "b", d("c", 2, "e", 3), "f", a(d("g", 4, "h", 5), d("g", 6), 7)))
	for _, s := range []struct{ projection, want bson.D }{
		{d("a", 1), d("_id", int32(1), "a", int32(1))},
		{d("a", true, "_id", 0), d("a", int32(1))},
		{d("b.c", 1, "_id", 0), d("b", d("c", int32(2)))},
		{d("f.g", 1, "_id", 0), d("f", a(d("g", int32(4)), d("g", int32(6))))},
		{d("a", 0, "f", 0), d("_id", int32(1), "b", d("c", int32(2), "e", int32(3)))},
		{d("_id", 0, "f", 0, "b.c", 0), d("a", int32(1), "b", d("e", int32(3)))},
		{d("f.g", 0, "b", 0), d("_id", int32(1), "a", int32(1), "f", a(d("h", int32(5)), d(), int32(7)))},
		{d("_id", 1), d("_id", int32(1))},
		{d("none", 1), d("_id", int32(1))},
		{d("f", 1, "a", 1, "_id", 0), d("a", int32(1), "f", a(d("g", int32(4), "h", int32(5)), d("g", int32(6)), int32(7)))},
	} {
		var got bson.D
		require.NoError(t, c.FindOne(t.Context(), d("_id", 1), options.FindOne().SetProjection(s.projection)).Decode(&got))
		require.Equal(t, s.want, got, "%v", s.projection)
	}
}

// testPaging pages as the BFFs do: after the last document of the page before.
func testPaging(t *testing.T, db *mongo.Database) {
	var documents []any
	for i := range 97 {
		documents = append(documents, d("_id", fmt.Sprintf("%03d", i*31%97), "at", int64(i*31%97/7), "owner", []string{"x", "y"}[i%2]))
	}
	c := collection(t, db, documents...)
	pages := func() (seen []any) {
		filter := d("owner", "x")
		for {
			page, err := c.Find(t.Context(), filter, options.Find().SetSort(d("at", -1, "_id", -1)).SetLimit(10))
			require.NoError(t, err)
			var rows []struct {
				ID string `bson:"_id"`
				At int64
			}
			require.NoError(t, page.All(t.Context(), &rows))
			if len(rows) == 0 {
				return seen
			}
			for _, r := range rows {
				seen = append(seen, r.ID)
			}
			last := rows[len(rows)-1]
			filter = d("owner", "x", "$or", a(d("at", d("$lt", last.At)), d("at", last.At, "_id", d("$lt", last.ID))))
		}
	}
	all := ids(t, c, d("owner", "x"), options.Find().SetSort(d("at", -1, "_id", -1)))
	require.Len(t, all, 49)
	require.Equal(t, all, pages())
	_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("owner", 1, "at", -1, "_id", -1)})
	require.NoError(t, err)
	require.Equal(t, all, pages())
	require.Equal(t, all[10:20], ids(t, c, d("owner", "x"), options.Find().SetSort(d("at", -1, "_id", -1)).SetSkip(10).SetLimit(10)))
}

func testCursors(t *testing.T, db *mongo.Database) {
	var documents, want []any
	for i := range int32(350) {
		documents = append(documents, d("_id", i, "odd", i%2 == 1))
		want = append(want, i)
	}
	c := collection(t, db, documents...)
	sorted := options.Find().SetSort(d("_id", 1))
	require.Equal(t, want, ids(t, c, d(), sorted))
	for _, size := range []int32{1, 7, 100, 350, 1000} {
		require.Equal(t, want, ids(t, c, d(), options.Find().SetSort(d("_id", 1)).SetBatchSize(size)), "batches of %d", size)
	}
	require.Equal(t, want[:120], ids(t, c, d(), options.Find().SetSort(d("_id", 1)).SetBatchSize(50).SetLimit(120)))
	require.Len(t, ids(t, c, d("odd", true), options.Find().SetBatchSize(9)), 175)

	// A cursor that is closed early, and one whose server side is gone.
	cursor, err := c.Find(t.Context(), d(), options.Find().SetBatchSize(2))
	require.NoError(t, err)
	require.True(t, cursor.Next(t.Context()))
	require.NoError(t, cursor.Close(context.Background()))
	err = db.RunCommand(t.Context(), d("getMore", int64(1234567), "collection", c.Name())).Err()
	require.Equal(t, 43, code(err), "%v", err)

	// FindOne, and none.
	require.ErrorIs(t, c.FindOne(t.Context(), d("_id", "none")).Err(), mongo.ErrNoDocuments)
	var one bson.D
	require.NoError(t, c.FindOne(t.Context(), d(), options.FindOne().SetSort(d("_id", -1))).Decode(&one))
	require.Equal(t, d("_id", int32(349), "odd", true), one)
	require.Empty(t, ids(t, db.Collection("nothing_here"), d()))
}
