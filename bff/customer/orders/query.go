package orders

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Indexes are what History needs.
func Indexes() []mongo.IndexModel {
	return []mongo.IndexModel{{Keys: bson.D{
		{Key: "customer_id", Value: 1}, {Key: "placed_at", Value: -1}, {Key: "order_id", Value: -1},
	}}}
}

// Finder is the view's own collection.
type Finder interface {
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]Document, error)
}

// Cursor is the last order of the page before; new orders don't shift the pages that follow it.
type Cursor struct {
	PlacedAt time.Time
	OrderID  string
}

// History returns the customer's orders after the cursor, newest first, limit at most. The zero cursor starts at the newest.
func History(ctx context.Context, view Finder, customerID string, after Cursor, limit int) ([]Document, error) {
	filter := bson.D{{Key: "customer_id", Value: customerID}}
	if after.OrderID != "" {
		filter = append(filter, bson.E{Key: "$or", Value: bson.A{
			bson.D{{Key: "placed_at", Value: bson.D{{Key: "$lt", Value: after.PlacedAt}}}},
			bson.D{{Key: "placed_at", Value: after.PlacedAt}, {Key: "order_id", Value: bson.D{{Key: "$lt", Value: after.OrderID}}}},
		}})
	}
	found, err := view.Find(ctx, filter, options.Find().SetLimit(int64(limit)).
		SetSort(bson.D{{Key: "placed_at", Value: -1}, {Key: "order_id", Value: -1}}))
	if err != nil {
		return nil, fmt.Errorf("a customer's orders: %w", err)
	}
	return found, nil
}
