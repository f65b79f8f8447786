package mongotest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Suite is what Tiffin relies on in an engine, seen through the official driver only.
func Suite(t *testing.T, uri string) {
	db := database(t, uri)
	for _, part := range []struct {
		name string
		test func(*testing.T, *mongo.Database)
	}{
		{"filters", testFilters},
		{"arrays", testArrayFilters},
		{"null", testNullFilters},
		{"regex", testRegex},
		{"type order", testTypeOrder},
		{"numbers", testNumbers},
		{"ranges", testRanges},
		{"sort", testSort},
		{"projection", testProjection},
		{"paging", testPaging},
		{"cursors", testCursors},
		{"insert", testInsert},
		{"replace", testReplace},
		{"operators", testUpdateOperators},
		{"arrays change", testArrayOperators},
		{"upsert", testUpsert},
		{"update many", testUpdateMany},
		{"delete", testDelete},
		{"bulk", testBulk},
		{"bulk upserts", testBulkUpserts},
		{"modify", testFindAndModify},
		{"count", testCount},
		{"distinct", testDistinct},
		{"indexes", testIndexes},
		{"unique", testUnique},
		{"multikey", testMultikey},
		{"indexed", testIndexedAnswers},
		{"catalog", testCatalog},
		{"races", testRaces},
		{"isolation", testIsolation},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, db) })
	}
}

// collection is one of the test's own in the suite's database, with documents.
func collection(t *testing.T, db *mongo.Database, documents ...any) *mongo.Collection {
	t.Helper()
	c := db.Collection("c" + bson.NewObjectID().Hex())
	if len(documents) > 0 {
		_, err := c.InsertMany(t.Context(), documents)
		require.NoError(t, err)
	}
	return c
}

// ids are the _ids that a find gives, in its order.
func ids(t *testing.T, c *mongo.Collection, filter any, opts ...options.Lister[options.FindOptions]) []any {
	t.Helper()
	cursor, err := c.Find(t.Context(), filter, opts...)
	require.NoError(t, err, "%v", filter)
	var found []struct {
		ID any `bson:"_id"`
	}
	require.NoError(t, cursor.All(t.Context(), &found))
	list := make([]any, 0, len(found))
	for _, d := range found {
		list = append(list, d.ID)
	}
	return list
}

// requireIDs compares what a filter finds, in no order, with what it should.
func requireIDs(t *testing.T, c *mongo.Collection, filter any, want ...any) {
	t.Helper()
	got := ids(t, c, filter)
	text := func(list []any) []string {
		out := make([]string, 0, len(list))
		for _, id := range list {
			out = append(out, fmt.Sprint(id))
		}
		slices.Sort(out)
		return out
	}
	require.Equal(t, text(want), text(got), "%v", filter)
}

// get is a document by its _id.
func get(t *testing.T, c *mongo.Collection, id any) bson.D {
	t.Helper()
	var doc bson.D
	require.NoError(t, c.FindOne(t.Context(), bson.D{{Key: "_id", Value: id}}).Decode(&doc))
	return doc
}

// d makes a document of names and values.
func d(pairs ...any) bson.D {
	doc := bson.D{}
	for i := 0; i < len(pairs); i += 2 {
		doc = append(doc, bson.E{Key: pairs[i].(string), Value: pairs[i+1]})
	}
	return doc
}

// a makes an array.
func a(values ...any) bson.A { return append(bson.A{}, values...) }

// code is a server error's code, or 0.
func code(err error) int {
	var s mongo.ServerError
	if errors.As(err, &s) {
		if codes := s.ErrorCodes(); len(codes) > 0 {
			return codes[0]
		}
	}
	return 0
}
