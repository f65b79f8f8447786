package mongotest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func unique() *options.IndexOptionsBuilder { return options.Index().SetUnique(true) }

func testIndexes(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "a", 1))
	view := c.Indexes()
	names, err := view.CreateMany(t.Context(), []mongo.IndexModel{
		{Keys: d("a", 1)}, {Keys: d("a", 1, "b", -1)}, {Keys: d("u.v", 1), Options: unique().SetName("mine")},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"a_1", "a_1_b_-1", "mine"}, names)
	for range 2 { // the same again is nothing new
		_, err = view.CreateOne(t.Context(), mongo.IndexModel{Keys: d("a", 1)})
		require.NoError(t, err)
	}
	cursor, err := view.List(t.Context())
	require.NoError(t, err)
	var list []struct {
		Name   string
		Key    bson.D
		Unique bool
	}
	require.NoError(t, cursor.All(t.Context(), &list))
	require.Len(t, list, 4)
	byName := map[string]string{}
	for _, ix := range list {
		byName[ix.Name] = fmt.Sprint(ix.Key, ix.Unique)
	}
	require.Equal(t, map[string]string{
		"_id_":     fmt.Sprint(d("_id", 1), false),
		"a_1":      fmt.Sprint(d("a", 1), false),
		"a_1_b_-1": fmt.Sprint(d("a", 1, "b", -1), false),
		"mine":     fmt.Sprint(d("u.v", 1), true),
	}, byName)

	_, err = view.CreateOne(t.Context(), mongo.IndexModel{Keys: d("c", 1), Options: options.Index().SetName("a_1")})
	require.Equal(t, 86, code(err), "%v", err)
	_, err = view.CreateOne(t.Context(), mongo.IndexModel{Keys: d("a", 1), Options: options.Index().SetName("other")})
	require.Equal(t, 85, code(err), "%v", err)
	require.NoError(t, view.DropOne(t.Context(), "a_1"))
	err = view.DropOne(t.Context(), "a_1")
	require.Equal(t, 27, code(err), "%v", err)
	require.NoError(t, view.DropAll(t.Context()))
	requireIDs(t, c, d("a", 1), 1)
}

func testUnique(t *testing.T, db *mongo.Database) {
	c := collection(t, db)
	_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("owner", 1, "name", 1), Options: unique()})
	require.NoError(t, err)
	_, err = c.InsertMany(t.Context(), a(d("_id", 1, "owner", "o", "name", "n"), d("_id", 2, "owner", "o", "name", "m"), d("_id", 3, "owner", "p")))
	require.NoError(t, err)
	duplicate := func(err error) {
		t.Helper()
		require.True(t, mongo.IsDuplicateKeyError(err), "%v", err)
	}
	_, err = c.InsertOne(t.Context(), d("_id", 4, "owner", "o", "name", "n"))
	duplicate(err)
	_, err = c.InsertOne(t.Context(), d("_id", 4, "owner", "p")) // missing is a value, too
	duplicate(err)
	_, err = c.UpdateOne(t.Context(), d("_id", 2), d("$set", d("name", "n")))
	duplicate(err)
	_, err = c.ReplaceOne(t.Context(), d("_id", 9), d("owner", "o", "name", "m"), options.Replace().SetUpsert(true))
	duplicate(err)
	requireIDs(t, c, d(), 1, 2, 3)

	// A freed key can be taken; a document doesn't stand in its own way.
	_, err = c.UpdateOne(t.Context(), d("_id", 1), d("$set", d("name", "n", "x", 1)))
	require.NoError(t, err)
	_, err = c.DeleteOne(t.Context(), d("_id", 1))
	require.NoError(t, err)
	_, err = c.UpdateOne(t.Context(), d("_id", 2), d("$set", d("name", "n")))
	require.NoError(t, err)
	_, err = c.InsertOne(t.Context(), d("_id", 5, "owner", "o", "name", "m"))
	require.NoError(t, err)

	twice := collection(t, db, d("_id", 1, "k", 1), d("_id", 2, "k", 1))
	_, err = twice.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("k", 1), Options: unique()})
	require.Error(t, err)

	tags := collection(t, db)
	_, err = tags.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: d("tags", 1), Options: unique()})
	require.NoError(t, err)
	_, err = tags.InsertOne(t.Context(), d("_id", 1, "tags", a("x", "y", "x")))
	require.NoError(t, err)
	_, err = tags.InsertOne(t.Context(), d("_id", 2, "tags", a("z", "y")))
	duplicate(err)
}

func testMultikey(t *testing.T, db *mongo.Database) {
	c := collection(t, db,
		d("_id", 1, "tags", a("a", "b"), "n", 1, "items", a(d("sku", "x"), d("sku", "y"))),
		d("_id", 2, "tags", a("b", "c"), "n", 2, "items", a(d("sku", "y"))),
		d("_id", 3, "tags", "b", "n", 3),
		d("_id", 4, "tags", a(), "n", 4, "items", a()),
	)
	for _, keys := range []bson.D{d("tags", 1, "n", -1), d("items.sku", 1)} {
		_, err := c.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: keys})
		require.NoError(t, err)
	}
	requireIDs(t, c, d("tags", "b"), 1, 2, 3)
	requireIDs(t, c, d("tags", d("$in", a("a", "b", "c"))), 1, 2, 3) // each once
	requireIDs(t, c, d("tags", d("$gte", "a", "$lt", "c")), 1, 2, 3)
	requireIDs(t, c, d("tags", d("$gt", "a", "$lt", "b")), 1) // one element above, another below
	requireIDs(t, c, d("tags", d("$elemMatch", d("$gt", "a", "$lt", "b"))))
	requireIDs(t, c, d("tags", d("$all", a("b", "c"))), 2)
	requireIDs(t, c, d("items.sku", "y"), 1, 2)
	requireIDs(t, c, d("items.sku", nil), 3)
	require.Equal(t, a(int32(3), int32(2), int32(1)), bson.A(ids(t, c, d("tags", "b"), options.Find().SetSort(d("n", -1)))))
	_, err := c.UpdateOne(t.Context(), d("_id", 1), d("$pull", d("tags", "b")))
	require.NoError(t, err)
	requireIDs(t, c, d("tags", "b"), 2, 3)
}

// testIndexedAnswers asks a collection with indexes and one without the same things.
func testIndexedAnswers(t *testing.T, db *mongo.Database) {
	random := rand.New(rand.NewPCG(1, 2))
	var documents []any
	for i := range int32(400) {
		doc := d("_id", i, "a", random.Int32N(8), "b", fmt.Sprintf("%c%c", 'a'+random.Int32N(5), 'a'+random.Int32N(5)), "c", float64(random.Int32N(30))/2)
		if random.IntN(4) == 0 {
			doc = append(doc, bson.E{Key: "t", Value: a(random.Int32N(5), random.Int32N(5))})
		}
		documents = append(documents, doc)
	}
	plain, indexed := collection(t, db, documents...), collection(t, db, documents...)
	for _, keys := range []bson.D{d("a", 1, "c", -1), d("b", -1), d("a", -1, "b", 1, "_id", 1), d("t", 1), d("c", 1)} {
		_, err := indexed.Indexes().CreateOne(t.Context(), mongo.IndexModel{Keys: keys})
		require.NoError(t, err)
	}
	conditions := []bson.D{
		d(), d("a", 3), d("a", d("$in", a(1, 5, 7))), d("a", 2, "c", d("$gt", 3, "$lte", 9.5)), d("b", bson.Regex{Pattern: "^b"}),
		d("b", d("$gte", "bb", "$lt", "da")), d("a", 4, "b", d("$gt", "c")), d("t", 3), d("t", d("$gt", 1, "$lt", 3)), d("t", nil),
		d("$or", a(d("a", 1), d("a", 2, "b", d("$lt", "c")))), d("a", d("$ne", 3), "c", d("$lt", 4)), d("c", d("$not", d("$lt", 10))),
	}
	sorts := []bson.D{
		d("_id", 1), d("a", 1, "c", -1, "_id", 1), d("a", -1, "c", 1, "_id", 1), d("b", 1, "_id", -1), d("c", -1, "_id", 1),
		d("c", 1, "a", 1, "_id", 1), d("a", -1, "b", 1, "_id", 1), d("t", 1, "_id", 1), d("t", -1, "_id", 1),
	}
	for _, filter := range conditions {
		for _, sort := range sorts {
			opts := options.Find().SetSort(sort).SetSkip(2).SetLimit(40)
			require.Equal(t, ids(t, plain, filter, opts), ids(t, indexed, filter, opts), "%v %v", filter, sort)
		}
		all := ids(t, plain, filter)
		requireIDs(t, indexed, filter, all...)
		n, err := indexed.CountDocuments(t.Context(), filter)
		require.NoError(t, err)
		require.EqualValues(t, len(all), n, "%v", filter)
	}
}
