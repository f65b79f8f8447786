package mongotest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func testInsert(t *testing.T, db *mongo.Database) {
	c := collection(t, db)
	when := time.UnixMilli(1_700_000_000_123).UTC()
	document := d("_id", "all", "double", 1.5, "string", "é\x00b", "document", d("x", d()), "array", a(int32(1), a("n")),
		"binary", bson.Binary{Subtype: 0x80, Data: []byte{1, 2, 3}}, "oid", bson.ObjectID{1, 2, 3}, "bool", true,
		"date", bson.NewDateTimeFromTime(when), "null", nil, "int32", int32(-7), "timestamp", bson.Timestamp{T: 5, I: 6},
		"int64", int64(1)<<60)
	_, err := c.InsertOne(t.Context(), document)
	require.NoError(t, err)
	require.Equal(t, document, get(t, c, "all"))

	// An _id is made where there is none, and stands first.
	result, err := c.InsertOne(t.Context(), d("a", 1))
	require.NoError(t, err)
	require.IsType(t, bson.ObjectID{}, result.InsertedID)
	_, err = c.InsertOne(t.Context(), d("a", int32(1), "_id", "late"))
	require.NoError(t, err)
	require.Equal(t, d("_id", "late", "a", int32(1)), get(t, c, "late"))
	_, err = c.InsertOne(t.Context(), d("_id", d("tenant", 1, "n", 2), "compound", true))
	require.NoError(t, err)
	require.Equal(t, true, get(t, c, d("tenant", 1, "n", 2))[1].Value)

	_, err = c.InsertOne(t.Context(), d("_id", "all"))
	require.True(t, mongo.IsDuplicateKeyError(err), "%v", err)
	_, err = c.InsertOne(t.Context(), d("_id", a(1)))
	require.Error(t, err)
	_, err = c.InsertOne(t.Context(), d("_id", "large", "pad", strings.Repeat("x", 16<<20)))
	require.Error(t, err)

	// Ordered stops at the first error; unordered goes on.
	_, err = c.InsertMany(t.Context(), a(d("_id", 1), d("_id", 1), d("_id", 2)))
	var failed mongo.BulkWriteException
	require.ErrorAs(t, err, &failed)
	require.Len(t, failed.WriteErrors, 1)
	require.Equal(t, 1, failed.WriteErrors[0].Index)
	require.Equal(t, 11000, failed.WriteErrors[0].Code)
	requireIDs(t, c, d("_id", d("$in", a(1, 2))), 1)
	_, err = c.InsertMany(t.Context(), a(d("_id", 1), d("_id", 2), d("_id", 2), d("_id", 3)), options.InsertMany().SetOrdered(false))
	require.ErrorAs(t, err, &failed)
	require.Len(t, failed.WriteErrors, 2)
	requireIDs(t, c, d("_id", d("$in", a(1, 2, 3))), 1, 2, 3)

	// More than one message can carry.
	pad := strings.Repeat("p", 1<<20)
	many := make([]any, 60)
	for i := range many {
		many[i] = d("_id", i, "pad", pad)
	}
	big := collection(t, db)
	_, err = big.InsertMany(t.Context(), many)
	require.NoError(t, err)
	n, err := big.CountDocuments(t.Context(), d())
	require.NoError(t, err)
	require.EqualValues(t, 60, n)
	require.Len(t, ids(t, big, d()), 60) // … and more than one batch
}

func testDelete(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "k", "a"), d("_id", 2, "k", "a"), d("_id", 3, "k", "a"), d("_id", 4, "k", "b"))
	one, err := c.DeleteOne(t.Context(), d("k", "a"))
	require.NoError(t, err)
	require.EqualValues(t, 1, one.DeletedCount)
	many, err := c.DeleteMany(t.Context(), d("k", "a"))
	require.NoError(t, err)
	require.EqualValues(t, 2, many.DeletedCount)
	none, err := c.DeleteMany(t.Context(), d("k", "a"))
	require.NoError(t, err)
	require.Zero(t, none.DeletedCount)
	requireIDs(t, c, d(), 4)
	_, err = c.InsertOne(t.Context(), d("_id", 1, "k", "again"))
	require.NoError(t, err)
	none, err = db.Collection("nothing_here").DeleteMany(t.Context(), d())
	require.NoError(t, err)
	require.Zero(t, none.DeletedCount)
}

func testBulk(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "n", 1), d("_id", 2, "n", 2))
	result, err := c.BulkWrite(t.Context(), []mongo.WriteModel{
		mongo.NewInsertOneModel().SetDocument(d("_id", 3, "n", 3)),
		mongo.NewUpdateOneModel().SetFilter(d("_id", 1)).SetUpdate(d("$inc", d("n", 10))),
		mongo.NewReplaceOneModel().SetFilter(d("_id", 2)).SetReplacement(d("n", 20)),
		mongo.NewReplaceOneModel().SetFilter(d("_id", 9)).SetReplacement(d("n", 90)).SetUpsert(true),
		mongo.NewUpdateManyModel().SetFilter(d("n", d("$lt", 100))).SetUpdate(d("$set", d("seen", true))),
		mongo.NewDeleteOneModel().SetFilter(d("_id", 3)),
	})
	require.NoError(t, err)
	require.EqualValues(t, 1, result.InsertedCount)
	require.EqualValues(t, 6, result.MatchedCount)
	require.EqualValues(t, 6, result.ModifiedCount)
	require.EqualValues(t, 1, result.UpsertedCount)
	require.EqualValues(t, 1, result.DeletedCount)
	require.Equal(t, map[int64]any{3: int32(9)}, result.UpsertedIDs)
	require.Equal(t, d("_id", int32(2), "n", int32(20), "seen", true), get(t, c, 2))

	models := func() []mongo.WriteModel {
		return []mongo.WriteModel{
			mongo.NewInsertOneModel().SetDocument(d("_id", 50)),
			mongo.NewInsertOneModel().SetDocument(d("_id", 50)),
			mongo.NewInsertOneModel().SetDocument(d("_id", 51)),
			mongo.NewUpdateOneModel().SetFilter(d("_id", 51)).SetUpdate(d("$set", d("x", 1))),
		}
	}
	_, err = c.BulkWrite(t.Context(), models())
	var failed mongo.BulkWriteException
	require.ErrorAs(t, err, &failed, "%v", err)
	require.Len(t, failed.WriteErrors, 1)
	require.Equal(t, 1, failed.WriteErrors[0].Index)
	require.True(t, mongo.IsDuplicateKeyError(err))
	requireIDs(t, c, d("_id", d("$gte", 50)), 50)

	_, err = c.BulkWrite(t.Context(), models(), options.BulkWrite().SetOrdered(false))
	require.ErrorAs(t, err, &failed, "%v", err)
	require.Len(t, failed.WriteErrors, 2)
	require.Equal(t, d("_id", int32(51), "x", int32(1)), get(t, c, 51))
}

// testBulkUpserts is how a projector writes: whole documents, guarded by their last
// position, in one unordered bulk.
func testBulkUpserts(t *testing.T, db *mongo.Database) {
	c := collection(t, db)
	const n = 1000
	write := func(position int64) (*mongo.BulkWriteResult, error) {
		models := make([]mongo.WriteModel, n)
		for i := range models {
			models[i] = mongo.NewReplaceOneModel().SetUpsert(true).
				SetFilter(d("_id", int32(i), "position", d("$lt", position))).
				SetReplacement(d("_id", int32(i), "position", position))
		}
		return c.BulkWrite(t.Context(), models, options.BulkWrite().SetOrdered(false))
	}
	result, err := write(1)
	require.NoError(t, err)
	require.EqualValues(t, n, result.UpsertedCount)
	require.Len(t, result.UpsertedIDs, n)
	result, err = write(5)
	require.NoError(t, err)
	require.EqualValues(t, n, result.ModifiedCount)

	// What comes late is refused: the guard finds nothing, and the insert is there already.
	_, err = write(3)
	var failed mongo.BulkWriteException
	require.ErrorAs(t, err, &failed)
	require.Len(t, failed.WriteErrors, n)
	require.True(t, mongo.IsDuplicateKeyError(err))

	load := make(bson.A, n)
	for i := range load {
		load[i] = int32(n - 1 - i)
	}
	cursor, err := c.Find(t.Context(), d("_id", d("$in", load)))
	require.NoError(t, err)
	var found []struct{ Position int64 }
	require.NoError(t, cursor.All(t.Context(), &found))
	require.Len(t, found, n)
	for _, f := range found {
		require.EqualValues(t, 5, f.Position)
	}
}
