package mongotest

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/mongolite"
)

// variable names a real MongoDB to test against instead of mongolite.
const variable = "TIFFIN_TEST_MONGODB_URI"

// URI is the address of the engine to test against: TIFFIN_TEST_MONGODB_URI if set,
// else a mongolite that ends with the test.
func URI(t testing.TB) string {
	t.Helper()
	if uri := os.Getenv(variable); uri != "" {
		return uri
	}
	server, err := mongolite.Start(mongolite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		require.NoError(t, server.Close(ctx))
	})
	return server.URI()
}

// Database is a database of the test's own on URI's engine, dropped at its end.
func Database(t testing.TB) *mongo.Database {
	t.Helper()
	return database(t, URI(t))
}

func database(t testing.TB, uri string) *mongo.Database {
	t.Helper()
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	require.NoError(t, err)
	db := client.Database("tiffin_test_" + bson.NewObjectID().Hex())
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		require.NoError(t, db.Drop(ctx))
		require.NoError(t, client.Disconnect(ctx))
	})
	return db
}
