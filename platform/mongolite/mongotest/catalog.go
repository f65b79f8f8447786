package mongotest

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func testCount(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "k", "a"), d("_id", 2, "k", "a"), d("_id", 3, "k", "b"))
	for _, s := range []struct {
		filter bson.D
		opts   *options.CountOptionsBuilder
		want   int64
	}{
		{d(), options.Count(), 3},
		{d("k", "a"), options.Count(), 2},
		{d("k", "none"), options.Count(), 0},
		{d(), options.Count().SetLimit(2), 2},
		{d(), options.Count().SetSkip(1), 2},
		{d("k", "a"), options.Count().SetSkip(1).SetLimit(5), 1},
	} {
		n, err := c.CountDocuments(t.Context(), s.filter, s.opts)
		require.NoError(t, err)
		require.Equal(t, s.want, n, "%v", s.filter)
	}
	n, err := c.EstimatedDocumentCount(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 3, n)
	n, err = db.Collection("nothing_here").CountDocuments(t.Context(), d())
	require.NoError(t, err)
	require.Zero(t, n)
}

func testDistinct(t *testing.T, db *mongo.Database) {
	c := collection(t, db, d("_id", 1, "k", "a", "t", a("x", "y")), d("_id", 2, "k", "a", "t", a("y")), d("_id", 3, "k", "b", "t", "z"))
	var got []string
	require.NoError(t, c.Distinct(t.Context(), "k", d()).Decode(&got))
	require.ElementsMatch(t, []string{"a", "b"}, got)
	require.NoError(t, c.Distinct(t.Context(), "t", d("k", "a")).Decode(&got))
	require.ElementsMatch(t, []string{"x", "y"}, got)
	require.NoError(t, c.Distinct(t.Context(), "none", d()).Decode(&got))
	require.Empty(t, got)
}

func testCatalog(t *testing.T, db *mongo.Database) {
	other := db.Client().Database(db.Name() + "_catalog")
	defer func() { require.NoError(t, other.Drop(t.Context())) }()
	require.NoError(t, other.CreateCollection(t.Context(), "made"))
	_, err := other.Collection("implied").InsertOne(t.Context(), d("_id", 1))
	require.NoError(t, err)
	names, err := other.ListCollectionNames(t.Context(), d())
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"made", "implied"}, names)
	names, err = other.ListCollectionNames(t.Context(), d("name", "made"))
	require.NoError(t, err)
	require.Equal(t, []string{"made"}, names)
	names, err = other.ListCollectionNames(t.Context(), d("name", d("$regex", "^ma")))
	require.NoError(t, err)
	require.Equal(t, []string{"made"}, names)
	databases, err := db.Client().ListDatabaseNames(t.Context(), d("name", other.Name()))
	require.NoError(t, err)
	require.Equal(t, []string{other.Name()}, databases)

	require.NoError(t, other.Collection("implied").Drop(t.Context()))
	require.NoError(t, other.Collection("implied").Drop(t.Context())) // again is no error
	require.Empty(t, ids(t, other.Collection("implied"), d()))
	require.NoError(t, other.Drop(t.Context()))
	databases, err = db.Client().ListDatabaseNames(t.Context(), d("name", other.Name()))
	require.NoError(t, err)
	require.Empty(t, databases)

	require.NoError(t, db.Client().Ping(t.Context(), nil))
	err = db.RunCommand(t.Context(), d("noSuchCommand", 1)).Err()
	require.Equal(t, 59, code(err), "%v", err)
	session, err := db.Client().StartSession()
	require.NoError(t, err)
	session.EndSession(t.Context())
}
