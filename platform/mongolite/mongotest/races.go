package mongotest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

const racers = 16

// together runs a function at once in many goroutines.
func together(do func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range racers {
		all.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	all.Wait()
}

func testRaces(t *testing.T, db *mongo.Database) {
	ctx := t.Context()

	t.Run("a lease has one winner", func(t *testing.T) {
		c := collection(t, db, d("_id", "lease", "epoch", int64(1)))
		var won atomic.Int64
		together(func(i int) {
			err := c.FindOneAndUpdate(ctx, d("_id", "lease", "epoch", int64(1)), d("$set", d("epoch", int64(2), "holder", i))).Err()
			if err == nil {
				won.Add(1)
			}
		})
		require.EqualValues(t, 1, won.Load())
	})

	t.Run("an upsert inserts once", func(t *testing.T) {
		c := collection(t, db)
		var failed atomic.Int64
		together(func(int) {
			upsert := options.FindOneAndUpdate().SetUpsert(true).SetReturnDocument(options.After)
			for { // MongoDB lets one of two upserts fail, to be tried again
				err := c.FindOneAndUpdate(ctx, d("_id", "counter"), d("$inc", d("n", 1)), upsert).Err()
				if err == nil {
					return
				}
				if !mongo.IsDuplicateKeyError(err) {
					failed.Add(1)
					return
				}
			}
		})
		require.Zero(t, failed.Load())
		require.Equal(t, d("_id", "counter", "n", int32(racers)), get(t, c, "counter"))
	})

	t.Run("a unique key has one holder", func(t *testing.T) {
		c := collection(t, db)
		_, err := c.Indexes().CreateOne(ctx, mongo.IndexModel{Keys: d("name", 1), Options: unique()})
		require.NoError(t, err)
		var won, lost atomic.Int64
		together(func(i int) {
			_, err := c.InsertOne(ctx, d("_id", i, "name", "same"))
			switch {
			case err == nil:
				won.Add(1)
			case mongo.IsDuplicateKeyError(err):
				lost.Add(1)
			}
		})
		require.EqualValues(t, 1, won.Load())
		require.EqualValues(t, racers-1, lost.Load())
	})

	t.Run("no increment is lost", func(t *testing.T) {
		c := collection(t, db, d("_id", 1, "n", 0))
		var failed atomic.Int64
		together(func(int) {
			for range 20 {
				if _, err := c.UpdateOne(ctx, d("_id", 1), d("$inc", d("n", 1))); err != nil {
					failed.Add(1)
				}
			}
		})
		require.Zero(t, failed.Load())
		require.Equal(t, d("_id", int32(1), "n", int32(20*racers)), get(t, c, 1))
	})
}

// testIsolation reads while documents change: each is seen before a change or after
// it, and nothing that was there all along is missed.
func testIsolation(t *testing.T, db *mongo.Database) {
	var documents []any
	for i := range 200 {
		documents = append(documents, d("_id", i, "a", 0, "b", 0))
	}
	c := collection(t, db, documents...)
	ctx, cancel := context.WithCancel(t.Context())
	var writer sync.WaitGroup
	writer.Go(func() {
		for n := 1; ctx.Err() == nil; n++ {
			// Broken off by the end of the test, whatever it says then.
			_, _ = c.UpdateMany(ctx, bson.D{}, d("$set", d("a", n, "b", n)))
		}
	})
	for range 20 {
		cursor, err := c.Find(t.Context(), bson.D{}, options.Find().SetBatchSize(30))
		require.NoError(t, err)
		var found []struct{ A, B int }
		require.NoError(t, cursor.All(t.Context(), &found))
		require.Len(t, found, 200)
		for _, f := range found {
			require.Equal(t, f.A, f.B)
		}
	}
	cancel()
	writer.Wait()
}
