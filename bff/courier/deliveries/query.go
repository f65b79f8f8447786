package deliveries

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
)

// Indexes are what History and Brought need.
func Indexes() []mongo.IndexModel {
	return []mongo.IndexModel{
		{Keys: bson.D{{Key: "courier_id", Value: 1}, {Key: "accepted_at", Value: -1}, {Key: "delivery_id", Value: -1}}},
		{Keys: bson.D{{Key: "courier_id", Value: 1}, {Key: "finished_at", Value: 1}}},
	}
}

// Finder is the view's own collection.
type Finder interface {
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]Document, error)
}

// Cursor is the last delivery of the page before; new ones don't shift the pages that follow it.
type Cursor struct {
	AcceptedAt time.Time
	DeliveryID string
}

// History returns what the courier has taken on, after the cursor, newest first, limit at most. The zero cursor starts at
// the newest.
func History(ctx context.Context, view Finder, courierID string, after Cursor, limit int) ([]Document, error) {
	filter := bson.D{{Key: "courier_id", Value: courierID}, {Key: "accepted", Value: true}}
	if after.DeliveryID != "" {
		filter = append(filter, bson.E{Key: "$or", Value: bson.A{
			bson.D{{Key: "accepted_at", Value: bson.D{{Key: "$lt", Value: after.AcceptedAt}}}},
			bson.D{
				{Key: "accepted_at", Value: after.AcceptedAt},
				{Key: "delivery_id", Value: bson.D{{Key: "$lt", Value: after.DeliveryID}}},
			},
		}})
	}
	found, err := view.Find(ctx, filter, options.Find().SetLimit(int64(limit)).
		SetSort(bson.D{{Key: "accepted_at", Value: -1}, {Key: "delivery_id", Value: -1}}))
	if err != nil {
		return nil, fmt.Errorf("a courier's deliveries: %w", err)
	}
	return found, nil
}

// Brought returns what the courier has brought from a time on, and before another, oldest first.
func Brought(ctx context.Context, view Finder, courierID string, from, before time.Time) ([]Document, error) {
	found, err := view.Find(ctx, bson.D{
		{Key: "courier_id", Value: courierID},
		{Key: "finished_at", Value: bson.D{{Key: "$gte", Value: from}, {Key: "$lt", Value: before}}},
		{Key: "state", Value: int32(courierapi.DeliveryState_DELIVERED)},
	}, options.Find().SetSort(bson.D{{Key: "finished_at", Value: 1}}))
	if err != nil {
		return nil, fmt.Errorf("what a courier has brought: %w", err)
	}
	return found, nil
}
