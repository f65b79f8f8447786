package mongolite_test

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/mongolite/mongotest"
)

// clients is how many callers the floors of the read path are measured with.
const clients = 32

// order is about what a BFF keeps of an order.
func order(i int, position int64) bson.D {
	return bson.D{
		{Key: "_id", Value: fmt.Sprintf("01JDE%021d", i)},
		{Key: "position", Value: position},
		{Key: "customer_id", Value: fmt.Sprintf("01JDC%021d", i%1000)},
		{Key: "status", Value: "PLACED"},
		{Key: "placed_at", Value: int64(1_700_000_000_000 + i)},
		{Key: "total", Value: bson.D{{Key: "currency_code", Value: "INR"}, {Key: "minor_units", Value: int64(45_900)}}},
		{Key: "items", Value: bson.A{
			bson.D{{Key: "item_id", Value: "01JDK000000000000000000001"}, {Key: "name", Value: "Masala dosa"}, {Key: "quantity", Value: 2}},
			bson.D{{Key: "item_id", Value: "01JDK000000000000000000002"}, {Key: "name", Value: "Filter coffee"}, {Key: "quantity", Value: 1}},
		}},
	}
}

func orders(b *testing.B, n int) *mongo.Collection {
	c := mongotest.Database(b).Collection("orders")
	const batch = 10_000
	for from := 0; from < n; from += batch {
		documents := make([]any, 0, batch)
		for i := from; i < min(n, from+batch); i++ {
			documents = append(documents, order(i, 1))
		}
		_, err := c.InsertMany(b.Context(), documents)
		require.NoError(b, err)
	}
	_, err := c.Indexes().CreateMany(b.Context(), []mongo.IndexModel{
		{Keys: bson.D{{Key: "customer_id", Value: 1}, {Key: "placed_at", Value: -1}}},
		{Keys: bson.D{{Key: "status", Value: 1}, {Key: "placed_at", Value: -1}}},
	})
	require.NoError(b, err)
	return c
}

// parallel runs do by all clients at once.
func parallel(b *testing.B, do func(i int) error) {
	b.ReportAllocs()
	b.SetParallelism((clients + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if err := do(i); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkPing is the ceiling: what the driver and the wire cost.
func BenchmarkPing(b *testing.B) {
	db := mongotest.Database(b)
	ping := bson.D{{Key: "ping", Value: 1}}
	parallel(b, func(int) error { return db.RunCommand(b.Context(), ping).Err() })
}

// BenchmarkFindOneByID over BenchmarkPing has a floor of 0.6 in calls a second.
func BenchmarkFindOneByID(b *testing.B) {
	c := orders(b, 10_000)
	parallel(b, func(i int) error {
		return c.FindOne(b.Context(), bson.D{{Key: "_id", Value: fmt.Sprintf("01JDE%021d", i%10_000)}}).Err()
	})
}

// BenchmarkFindSorted has a ceiling of 2 for the time at 1,000,000 documents over
// that at 1,000.
func BenchmarkFindSorted(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			c := orders(b, n)
			page := options.Find().SetSort(bson.D{{Key: "placed_at", Value: -1}}).SetLimit(20)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				filter := bson.D{{Key: "status", Value: "PLACED"}, {Key: "placed_at", Value: bson.D{{Key: "$lt", Value: int64(1_700_000_000_000 + i*7919%n)}}}}
				cursor, err := c.Find(b.Context(), filter, page)
				require.NoError(b, err)
				var found []bson.Raw
				require.NoError(b, cursor.All(b.Context(), &found))
			}
		})
	}
}

// BenchmarkBulkUpserts is how a projector writes: 1,000 guarded replacements at once.
func BenchmarkBulkUpserts(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			c := orders(b, n)
			const batch = 1_000
			b.ReportAllocs()
			for round := 0; b.Loop(); round++ {
				models := make([]mongo.WriteModel, batch)
				for i := range models {
					doc := order((round*batch+i)*31%n, int64(round+2))
					models[i] = mongo.NewReplaceOneModel().SetUpsert(true).SetReplacement(doc).
						SetFilter(bson.D{doc[0], {Key: "position", Value: bson.D{{Key: "$lt", Value: int64(round + 2)}}}})
				}
				_, err := c.BulkWrite(b.Context(), models, options.BulkWrite().SetOrdered(false))
				require.NoError(b, err)
			}
			b.ReportMetric(batch*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}

// BenchmarkBulkInserts is how a projector writes new documents.
func BenchmarkBulkInserts(b *testing.B) {
	c := orders(b, 0)
	const batch = 1_000
	b.ReportAllocs()
	for round := 0; b.Loop(); round++ {
		models := make([]mongo.WriteModel, batch)
		for i := range models {
			models[i] = mongo.NewInsertOneModel().SetDocument(order(round*batch+i, 1))
		}
		_, err := c.BulkWrite(b.Context(), models, options.BulkWrite().SetOrdered(false))
		require.NoError(b, err)
	}
	b.ReportMetric(batch*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkLoad is how a projector reads: 1,000 documents by their _ids.
func BenchmarkLoad(b *testing.B) {
	const n, batch = 100_000, 1_000
	c := orders(b, n)
	b.ReportAllocs()
	for round := 0; b.Loop(); round++ {
		wanted := make(bson.A, batch)
		for i := range wanted {
			wanted[i] = fmt.Sprintf("01JDE%021d", (round*batch+i)*31%n)
		}
		cursor, err := c.Find(b.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: wanted}}}})
		require.NoError(b, err)
		var found []bson.Raw
		require.NoError(b, cursor.All(b.Context(), &found))
		require.Len(b, found, batch)
	}
	b.ReportMetric(batch*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkUpdateOne is a single write, as of a checkpoint, by all clients at once.
func BenchmarkUpdateOne(b *testing.B) {
	c := orders(b, 10_000)
	parallel(b, func(i int) error {
		_, err := c.UpdateOne(b.Context(), bson.D{{Key: "_id", Value: fmt.Sprintf("01JDE%021d", i%10_000)}},
			bson.D{{Key: "$set", Value: bson.D{{Key: "position", Value: int64(i)}}}})
		return err
	})
}
