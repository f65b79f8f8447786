package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/bench/measure"
	"tiffin/bench/report"
)

// findByID is what a look-up costs beyond the wire and the driver.
func findByID(ctx context.Context, e *env) (row report.Row, err error) {
	h, err := openHouse(ctx, e, lazy)
	if err != nil {
		return row, err
	}
	defer h.close()
	db, err := openStore()
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	documents, err := h.project(ctx, db, e.read)
	if err != nil {
		return row, err
	}
	var n atomic.Int64
	rates, err := measure.Turns(ctx, e.rounds,
		func(ctx context.Context) (float64, error) {
			return measure.Rate(ctx, e.load(), func(ctx context.Context, _ int) error { return documents.findOne(ctx, int(n.Add(1))) })
		},
		func(ctx context.Context) (float64, error) {
			return measure.Rate(ctx, e.load(), func(ctx context.Context, _ int) error { return db.client.Ping(ctx, nil) })
		})
	if err != nil {
		return row, err
	}
	return report.Row{
		What:  "mongolite: FindOne by _id ÷ ping, 32 clients",
		Value: rates[0], Unit: perSecond, Ceiling: rates[1], Floor: report.AtLeast(0.6),
	}, nil
}

// fewDocuments is how many the time at many is compared with.
const fewDocuments = 1000

// findSorted is whether a page takes longer to find among many documents than among few.
func findSorted(ctx context.Context, e *env) (row report.Row, err error) {
	db, err := openStore()
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	var sides []measure.Side
	for _, n := range []int{e.documents, fewDocuments} {
		c := db.client.Database("bench").Collection(fmt.Sprint("of", n))
		if err := insertMany(ctx, c, n); err != nil {
			return row, err
		}
		sides = append(sides, func(ctx context.Context) (float64, error) { return pages(ctx, c, n, e.span) })
	}
	took, err := measure.Turns(ctx, e.rounds, sides...)
	if err != nil {
		return row, err
	}
	return report.Row{
		What:  fmt.Sprintf("mongolite: find by index, sort, limit, at %d documents ÷ at %d", e.documents, fewDocuments),
		Value: took[0], Unit: "ms", Ceiling: took[1], Floor: report.AtMost(2),
	}, nil
}

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// insertMany puts n small orders in, of which every tenth is open, and then makes the index.
func insertMany(ctx context.Context, c *mongo.Collection, n int) error {
	const batch = 10_000
	for from := 0; from < n; from += batch {
		list := make([]any, 0, batch)
		for i := from; i < min(n, from+batch); i++ {
			list = append(list, bson.D{
				{Key: "_id", Value: fmt.Sprintf("01JDE%021d", i)},
				{Key: "status", Value: int32(i % 10)},
				{Key: "placed_at", Value: epoch.Add(time.Duration(i) * time.Second)},
				{Key: "total", Value: int64(3940)},
				{Key: "restaurant_name", Value: "Saffron & Salt"},
				{Key: "address_line", Value: "Torstr. 1, second floor"},
			})
		}
		if _, err := c.InsertMany(ctx, list); err != nil {
			return err
		}
	}
	_, err := c.Indexes().CreateOne(ctx, mongo.IndexModel{Keys: bson.D{{Key: "status", Value: 1}, {Key: "placed_at", Value: -1}}})
	return err
}

// pages reads pages of 20 from all over the collection for the span, one after the other, and returns the median time of one.
func pages(ctx context.Context, c *mongo.Collection, n int, span time.Duration) (float64, error) {
	const stride = 7919 // a prime: it comes by everywhere
	page := options.Find().SetSort(bson.D{{Key: "placed_at", Value: -1}}).SetLimit(20)
	var took []float64
	for i, until := n/2, time.Now().Add(span); time.Now().Before(until); i += stride {
		one, err := measure.Once(ctx, func(ctx context.Context) error {
			cursor, err := c.Find(ctx, bson.D{
				{Key: "status", Value: int32(i % 10)},
				{Key: "placed_at", Value: bson.D{{Key: "$lt", Value: epoch.Add(time.Duration(i%n) * time.Second)}}},
			}, page)
			if err != nil {
				return err
			}
			var found []bson.Raw
			return cursor.All(ctx, &found)
		})
		if err != nil {
			return 0, err
		}
		took = append(took, one)
	}
	return measure.Median(took), nil
}
