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

func testReplace(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "a", 1, "b", 2))
	result, err := c.ReplaceOne(t.Context(), d("_id", 1), d("c", int32(3)))
	require.NoError(t, err)
	require.EqualValues(t, 1, result.MatchedCount)
	require.EqualValues(t, 1, result.ModifiedCount)
	require.Equal(t, d("_id", int32(1), "c", int32(3)), get(t, c, 1))
	result, err = c.ReplaceOne(t.Context(), d("c", 3), d("_id", int32(1), "c", int32(3)))
	require.NoError(t, err)
	require.EqualValues(t, 1, result.MatchedCount)
	result, err = c.ReplaceOne(t.Context(), d("_id", "none"), d("c", 3))
	require.NoError(t, err)
	require.Zero(t, result.MatchedCount)
	_, err = c.ReplaceOne(t.Context(), d("_id", 1), d("_id", 2, "c", 3))
	require.Equal(t, 66, code(err), "%v", err)
}

// change is one update of one document.
type change struct{ before, update, after bson.D }

// requireFields compares without the order of the fields: engines append new ones
// in orders of their own.
func requireFields(t *testing.T, want bson.M, got bson.D) {
	t.Helper()
	require.Equal(t, want, fields(got))
}

func fields(doc bson.D) bson.M {
	m := bson.M{}
	for _, e := range doc {
		if inner, ok := e.Value.(bson.D); ok {
			e.Value = fields(inner)
		}
		m[e.Key] = e.Value
	}
	return m
}

func requireChanges(t *testing.T, c *mongo.Collection, changes []change) {
	t.Helper()
	for i, s := range changes {
		_, err := c.InsertOne(t.Context(), append(d("_id", int32(i)), s.before...))
		require.NoError(t, err)
		result, err := c.UpdateOne(t.Context(), d("_id", i), s.update)
		require.NoError(t, err, "%v %v", s.before, s.update)
		require.EqualValues(t, 1, result.MatchedCount)
		requireFields(t, fields(append(d("_id", int32(i)), s.after...)), get(t, c, i))
	}
}

func testUpdateOperators(t *testing.T, db *mongo.Database) {
	c := collection(t, db)
	requireChanges(t, c, []change{
		{d("a", int32(1)), d("$set", d("a", "x")), d("a", "x")},
		{d("a", int32(1)), d("$set", d("b", d("c", int32(2)))), d("a", int32(1), "b", d("c", int32(2)))},
		{d(), d("$set", d("a.b.c", int32(1))), d("a", d("b", d("c", int32(1))))},
		{d("a", d("b", int32(1), "c", int32(2))), d("$set", d("a.b", int32(9))), d("a", d("b", int32(9), "c", int32(2)))},
		{d("a", a(int32(1), int32(2))), d("$set", d("a.1", int32(9))), d("a", a(int32(1), int32(9)))},
		{d("a", a(d("n", int32(1)))), d("$set", d("a.0.n", int32(9))), d("a", a(d("n", int32(9))))},
		{d("a", int32(1), "b", int32(2)), d("$unset", d("a", "")), d("b", int32(2))},
		{d("a", d("b", int32(1), "c", int32(2))), d("$unset", d("a.b", "")), d("a", d("c", int32(2)))},
		{d("a", int32(1)), d("$unset", d("none.x", "")), d("a", int32(1))},
		{d("a", int32(1)), d("$inc", d("a", 5)), d("a", int32(6))},
		{d("a", int32(1)), d("$inc", d("a", int64(5))), d("a", int64(6))},
		{d("a", int32(1)), d("$inc", d("a", 0.5)), d("a", 1.5)},
		{d(), d("$inc", d("a", int32(-2))), d("a", int32(-2))},
		{d("a", int32(math.MaxInt32)), d("$inc", d("a", 1)), d("a", int64(math.MaxInt32)+1)},
		{d("a", d("n", int32(1))), d("$inc", d("a.n", 1, "a.m", 1)), d("a", d("n", int32(2), "m", int32(1)))},
		{d("a", int32(5)), d("$min", d("a", int32(3))), d("a", int32(3))},
		{d("a", int32(5)), d("$min", d("a", int32(7))), d("a", int32(5))},
		{d("a", int32(5)), d("$max", d("a", int32(7))), d("a", int32(7))},
		{d(), d("$max", d("a", int32(7))), d("a", int32(7))},
		{d("a", int32(1)), d("$set", d("b", int32(2)), "$inc", d("a", 1), "$unset", d("c", "")), d("a", int32(2), "b", int32(2))},
		{d("a", int32(1)), d("$setOnInsert", d("b", int32(2))), d("a", int32(1))},
	})
	_, err := c.UpdateOne(t.Context(), d("_id", 0), d("$currentDate", d("at", true)))
	require.NoError(t, err)
	at := get(t, c, 0)[2].Value.(bson.DateTime).Time()
	require.WithinDuration(t, time.Now(), at, time.Hour)

	bad := collection(t, db, d("_id", 1, "a", "text", "b", a(1), "n", int64(math.MaxInt64)))
	for _, s := range []struct {
		update bson.D
		code   int
	}{
		{d("$inc", d("a", 1)), 14},
		{d("$set", d("a.b", 1)), 28},
		{d("$set", d("_id", 2)), 66},
		{d("$set", d("x", 1, "x.y", 2)), 40},
		{d("$set", d("x", 1), "$inc", d("x", 2)), 40},
		{d("$push", d("a", 1)), 2},
		{d("$unknown", d("a", 1)), 9},
	} {
		_, err := bad.UpdateOne(t.Context(), d("_id", 1), s.update)
		require.Equal(t, s.code, code(err), "%v: %v", s.update, err)
	}
	require.Equal(t, d("_id", int32(1), "a", "text", "b", a(int32(1)), "n", int64(math.MaxInt64)), get(t, bad, 1))
}

func testArrayOperators(t *testing.T, db *mongo.Database) {
	one, two, three, four := int32(1), int32(2), int32(3), int32(4)
	requireChanges(t, collection(t, db), []change{
		{d(), d("$push", d("a", one)), d("a", a(one))},
		{d("a", a(one)), d("$push", d("a", a(two, three))), d("a", a(one, a(two, three)))},
		{d("a", a(one)), d("$push", d("a", d("$each", a(two, three)))), d("a", a(one, two, three))},
		{d("a", a(one, two)), d("$push", d("a", d("$each", a(three, four), "$slice", -3))), d("a", a(two, three, four))},
		{d("a", a(one, two)), d("$push", d("a", d("$each", a(three), "$slice", 2))), d("a", a(one, two))},
		{d("a", a(one, two)), d("$push", d("a", d("$each", a(three), "$position", 0))), d("a", a(three, one, two))},
		{d("a", a(one, two)), d("$push", d("a", d("$each", a(three), "$position", 1, "$slice", 2))), d("a", a(one, three))},
		{d("a", d("b", a(one))), d("$push", d("a.b", d("c", two))), d("a", d("b", a(one, d("c", two))))},
		{d("a", a(one, two)), d("$addToSet", d("a", two)), d("a", a(one, two))},
		{d("a", a(one, two)), d("$addToSet", d("a", three)), d("a", a(one, two, three))},
		{d("a", a(one)), d("$addToSet", d("a", d("$each", a(one, two, two)))), d("a", a(one, two))},
		{d(), d("$addToSet", d("a", d("k", one))), d("a", a(d("k", one)))},
		{d("a", a(d("k", one))), d("$addToSet", d("a", d("k", one))), d("a", a(d("k", one)))},
		{d("a", a(one, two, one)), d("$pull", d("a", one)), d("a", a(two))},
		{d("a", a(one, two, three)), d("$pull", d("a", d("$gte", two))), d("a", a(one))},
		{d("a", a(one, two, three)), d("$pull", d("a", d("$in", a(one, three)))), d("a", a(two))},
		{d("a", a(d("k", one, "x", two), d("k", three))), d("$pull", d("a", d("k", one))), d("a", a(d("k", three)))},
		{d("b", one), d("$pull", d("a", one)), d("b", one)},
	})
}

func testUpsert(t *testing.T, db *mongo.Database) {
	c := collection(t, db)
	upsert := options.UpdateOne().SetUpsert(true)
	result, err := c.UpdateOne(t.Context(), d("_id", "x", "kind", "k"), d("$inc", d("n", int32(1)), "$setOnInsert", d("born", true)), upsert)
	require.NoError(t, err)
	require.EqualValues(t, 1, result.UpsertedCount)
	require.Equal(t, "x", result.UpsertedID)
	requireFields(t, bson.M{"_id": "x", "kind": "k", "born": true, "n": int32(1)}, get(t, c, "x"))
	result, err = c.UpdateOne(t.Context(), d("_id", "x"), d("$inc", d("n", int32(1)), "$setOnInsert", d("born", false)), upsert)
	require.NoError(t, err)
	require.EqualValues(t, 1, result.MatchedCount)
	requireFields(t, bson.M{"_id": "x", "kind": "k", "born": true, "n": int32(2)}, get(t, c, "x"))

	// The filter's equalities become fields; its other conditions don't.
	_, err = c.UpdateOne(t.Context(), d("$and", a(d("_id", "y"), d("a.b", int32(1))), "n", d("$gt", 5)), d("$set", d("s", true)), upsert)
	require.NoError(t, err)
	require.Equal(t, d("_id", "y", "a", d("b", int32(1)), "s", true), get(t, c, "y"))

	replaced, err := c.ReplaceOne(t.Context(), d("_id", "z", "n", d("$lt", 3)), d("n", int32(3)), options.Replace().SetUpsert(true))
	require.NoError(t, err)
	require.Equal(t, "z", replaced.UpsertedID)
	require.Equal(t, d("_id", "z", "n", int32(3)), get(t, c, "z"))
	_, err = c.ReplaceOne(t.Context(), d("_id", "z", "n", d("$lt", 3)), d("n", int32(1)), options.Replace().SetUpsert(true))
	require.True(t, mongo.IsDuplicateKeyError(err), "%v", err)

	made, err := c.UpdateOne(t.Context(), d("kind", "new"), d("$set", d("v", 1)), upsert)
	require.NoError(t, err)
	require.IsType(t, bson.ObjectID{}, made.UpsertedID)
}

func testUpdateMany(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "n", 1), d("_id", 2, "n", 2), d("_id", 3, "n", 3), d("_id", 4, "n", 3, "done", true))
	_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("n", 1)})
	require.NoError(t, err)
	// Each document once, although the change moves it along the index that finds it.
	result, err := c.UpdateMany(t.Context(), d("n", d("$gte", 1)), d("$inc", d("n", 10)))
	require.NoError(t, err)
	require.EqualValues(t, 4, result.ModifiedCount)
	requireIDs(t, c, d("n", 13), 3, 4)
	result, err = c.UpdateMany(t.Context(), d("n", 13), d("$set", d("done", true)))
	require.NoError(t, err)
	require.EqualValues(t, 2, result.MatchedCount)
	require.EqualValues(t, 1, result.ModifiedCount)
	result, err = c.UpdateMany(t.Context(), d("n", 99), d("$set", d("done", true)))
	require.NoError(t, err)
	require.Zero(t, result.MatchedCount)
}

func testFindAndModify(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "n", 1, "q", "w"), d("_id", 2, "n", 2, "q", "w"))
	var got bson.D
	require.NoError(t, c.FindOneAndUpdate(t.Context(), d("_id", 1), d("$inc", d("n", 1))).Decode(&got))
	require.Equal(t, d("_id", int32(1), "n", int32(1), "q", "w"), got)
	after := options.FindOneAndUpdate().SetReturnDocument(options.After)
	require.NoError(t, c.FindOneAndUpdate(t.Context(), d("_id", 1), d("$inc", d("n", 1)), after.SetProjection(d("n", 1))).Decode(&got))
	require.Equal(t, d("_id", int32(1), "n", int32(3)), got)
	sorted := options.FindOneAndUpdate().SetSort(d("n", -1)).SetProjection(d("_id", 1))
	require.NoError(t, c.FindOneAndUpdate(t.Context(), d("q", "w"), d("$set", d("q", "x")), sorted).Decode(&got))
	require.Equal(t, d("_id", int32(1)), got)

	err := c.FindOneAndUpdate(t.Context(), d("_id", 9), d("$set", d("n", 9))).Err()
	require.ErrorIs(t, err, mongo.ErrNoDocuments)
	err = c.FindOneAndUpdate(t.Context(), d("_id", 9), d("$set", d("n", 9)), options.FindOneAndUpdate().SetUpsert(true)).Err()
	require.ErrorIs(t, err, mongo.ErrNoDocuments) // there was none before
	upsert := options.FindOneAndReplace().SetUpsert(true).SetReturnDocument(options.After)
	require.NoError(t, c.FindOneAndReplace(t.Context(), d("_id", 10), d("n", int32(1)), upsert).Decode(&got))
	require.Equal(t, d("_id", int32(10), "n", int32(1)), got)
	require.NoError(t, c.FindOneAndDelete(t.Context(), d("n", d("$lt", 9)), options.FindOneAndDelete().SetSort(d("n", 1))).Decode(&got))
	require.Equal(t, d("_id", int32(10), "n", int32(1)), got)
	requireIDs(t, c, d(), 1, 2, 9)
}
