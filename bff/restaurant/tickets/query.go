package tickets

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
)

// Indexes are what List needs.
func Indexes() []mongo.IndexModel {
	return []mongo.IndexModel{{Keys: bson.D{
		{Key: "restaurant_id", Value: 1}, {Key: "opened_at", Value: -1}, {Key: "ticket_id", Value: -1},
	}}}
}

// Finder is the view's own collection.
type Finder interface {
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]Document, error)
}

// Cursor is the last ticket of the page before; new tickets don't shift the pages that follow it.
type Cursor struct {
	OpenedAt time.Time
	TicketID string
}

// List returns the restaurant's tickets after the cursor that have any of the statuses, newest first, limit at most. The
// zero cursor starts at the newest, and no status means all.
func List(
	ctx context.Context, view Finder, restaurantID string, status []restaurantbffv1.TicketStatus, after Cursor, limit int,
) ([]Document, error) {
	filter := bson.D{{Key: "restaurant_id", Value: restaurantID}}
	if len(status) > 0 {
		filter = append(filter, bson.E{Key: "status", Value: bson.D{{Key: "$in", Value: status}}})
	}
	if after.TicketID != "" {
		filter = append(filter, bson.E{Key: "$or", Value: bson.A{
			bson.D{{Key: "opened_at", Value: bson.D{{Key: "$lt", Value: after.OpenedAt}}}},
			bson.D{{Key: "opened_at", Value: after.OpenedAt}, {Key: "ticket_id", Value: bson.D{{Key: "$lt", Value: after.TicketID}}}},
		}})
	}
	found, err := view.Find(ctx, filter, options.Find().SetLimit(int64(limit)).
		SetSort(bson.D{{Key: "opened_at", Value: -1}, {Key: "ticket_id", Value: -1}}))
	if err != nil {
		return nil, fmt.Errorf("a restaurant's tickets: %w", err)
	}
	return found, nil
}
