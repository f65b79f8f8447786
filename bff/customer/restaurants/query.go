package restaurants

import (
	"context"
	"fmt"
	"regexp"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/geo"
)

// Indexes are what Search needs.
func Indexes() []mongo.IndexModel {
	return []mongo.IndexModel{
		{Keys: bson.D{{Key: "cells", Value: 1}}},
		{Keys: bson.D{{Key: "words", Value: 1}}},
	}
}

// Finder is the view's own collection.
type Finder interface {
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]Document, error)
}

// Search returns every restaurant that delivers to the point, if there is one, and has a word that starts with each of the
// query's. Words and cells are left out of the documents; their order is none.
func Search(ctx context.Context, view Finder, at geo.Point, query string) ([]Document, error) {
	filter := bson.D{{Key: "registered", Value: true}}
	if at != nil {
		filter = append(filter, bson.E{Key: "cells", Value: Cell(at.GetLatitude(), at.GetLongitude())})
	}
	var all bson.A
	for _, word := range Words(query) {
		all = append(all, bson.D{{Key: "words", Value: bson.D{{Key: "$regex", Value: "^" + regexp.QuoteMeta(word)}}}})
	}
	if len(all) > 0 {
		filter = append(filter, bson.E{Key: "$and", Value: all})
	}
	found, err := view.Find(ctx, filter, options.Find().SetProjection(bson.D{
		{Key: "words", Value: 0}, {Key: "cells", Value: 0}, {Key: "items", Value: 0},
	}))
	if err != nil {
		return nil, fmt.Errorf("search restaurants: %w", err)
	}
	if at == nil {
		return found, nil
	}
	near := found[:0]
	for _, d := range found {
		if geo.Distance(at, d.Location()) <= float64(d.RadiusMeters) {
			near = append(near, d)
		}
	}
	return near, nil
}
