package popularity

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Finder is the view's own collection.
type Finder interface {
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]Document, error)
}

// Orders returns the count of each of the restaurants that was ordered from.
func Orders(ctx context.Context, view Finder, restaurantIDs ...string) (map[string]int64, error) {
	found, err := view.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: restaurantIDs}}}})
	if err != nil {
		return nil, fmt.Errorf("count orders: %w", err)
	}
	counts := make(map[string]int64, len(found))
	for _, d := range found {
		counts[d.RestaurantID] = d.Orders
	}
	return counts, nil
}
