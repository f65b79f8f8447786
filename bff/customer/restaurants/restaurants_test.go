package restaurants_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"tiffin/bff/customer/restaurants"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/geo"
	"tiffin/platform/mongolite/mongotest"
	"tiffin/platform/view"
)

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

func eur(n int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: n} }

func registered(name string) *restaurantv1.RestaurantEvent {
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{
		RestaurantRegistered: &restaurantv1.RestaurantRegistered{
			Profile: &restaurantv1.Profile{
				Name: name, Description: "Süße & Scharfes", Cuisines: []string{"indian"},
				Location: &typev1.Location{Latitude: 52.52, Longitude: 13.405},
			},
			Hours:         &typev1.OpeningHours{TimeZone: "Europe/Berlin", Windows: []*typev1.OpeningWindow{{Weekday: 1, OpensMinute: 600, ClosesMinute: 900}}},
			DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: eur(250), MinimumOrder: eur(1000)},
			CurrencyCode:  "EUR",
		},
	}}
}

func item(id, name string) *restaurantv1.RestaurantEvent {
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemPut{
		MenuItemPut: &restaurantv1.MenuItemPut{Item: &typev1.MenuItem{ItemId: id, Name: name}},
	}}
}

func removed(id string) *restaurantv1.RestaurantEvent {
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemRemoved{
		MenuItemRemoved: &restaurantv1.MenuItemRemoved{ItemId: id},
	}}
}

func fold(t testing.TB, events ...proto.Message) restaurants.Document {
	t.Helper()
	var d restaurants.Document
	for _, data := range events {
		e := view.Event{AggregateID: id, Data: data}
		for _, to := range restaurants.Route(e) {
			require.Equal(t, id, to)
			require.Equal(t, view.Keep, restaurants.Apply(&d, e))
		}
	}
	return d
}

func TestTheWordsFollowTheMenu(t *testing.T) {
	d := fold(t, registered("Café Köln"), item("a", "Mango Lassi"), item("b", "Dal"), item("a", "Crème brûlée"), removed("b"))
	require.Equal(t, []string{"brulee", "cafe", "creme", "indian", "koln", "scharfes", "susse"}, d.Words)
	require.Equal(t, []restaurants.Item{{ItemID: "a", Name: "Crème brûlée"}}, d.Items)
	require.True(t, d.Registered)
	require.True(t, d.Paused, "it starts paused")
}

func TestAnUnknownEventIsAFault(t *testing.T) {
	require.Panics(t, func() { fold(t, &restaurantv1.RestaurantEvent{}) })
}

func TestEveryPointOfTheAreaLiesInACell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		centre := &typev1.Location{
			Latitude: rapid.Float64Range(-89, 89).Draw(t, "latitude"), Longitude: rapid.Float64Range(-180, 180).Draw(t, "longitude"),
		}
		radius := rapid.Int32Range(1, 20_000).Draw(t, "radius")
		var d restaurants.Document
		event := registered("A")
		event.GetRestaurantRegistered().Profile.Location = centre
		event.GetRestaurantRegistered().DeliveryTerms.RadiusMeters = radius
		restaurants.Apply(&d, view.Event{AggregateID: id, Data: event})
		at := &typev1.Location{
			Latitude:  min(90, max(-90, centre.Latitude+rapid.Float64Range(-0.2, 0.2).Draw(t, "north"))),
			Longitude: min(180, max(-180, centre.Longitude+rapid.Float64Range(-1, 1).Draw(t, "east"))),
		}
		if geo.Distance(centre, at) > float64(radius) {
			return
		}
		if cell := restaurants.Cell(at.Latitude, at.Longitude); !slices.Contains(d.Cells, cell) {
			t.Fatalf("%s is not among %v", cell, d.Cells)
		}
	})
}

// stored reads the documents of a collection as platform/view does.
type stored struct{ *mongo.Collection }

func (s stored) Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]restaurants.Document, error) {
	cursor, err := s.Collection.Find(ctx, filter, o...)
	if err != nil {
		return nil, err
	}
	var all []view.Document[restaurants.Document]
	if err := cursor.All(ctx, &all); err != nil {
		return nil, err
	}
	var out []restaurants.Document
	for _, d := range all {
		out = append(out, d.Data)
	}
	return out, nil
}

func TestSearch(t *testing.T) {
	c := mongotest.Database(t).Collection("restaurants_v1")
	_, err := c.Indexes().CreateMany(t.Context(), restaurants.Indexes())
	require.NoError(t, err)
	d := fold(t, registered("Café Köln"), item("a", "Mango Lassi (süß)"))
	_, err = c.InsertOne(t.Context(), view.Document[restaurants.Document]{ID: id, Data: d})
	require.NoError(t, err)

	var back view.Document[restaurants.Document]
	require.NoError(t, c.FindOne(t.Context(), bson.D{{Key: "_id", Value: id}}).Decode(&back))
	require.Equal(t, d, back.Data, "a document survives its storage")

	near, far := &typev1.Location{Latitude: 52.53, Longitude: 13.41}, &typev1.Location{Latitude: 52.52, Longitude: 13.46}
	for name, q := range map[string]struct {
		at    geo.Point
		query string
		found int
	}{
		"everything":             {nil, "", 1},
		"near":                   {near, "", 1},
		"in a cell, but too far": {far, "", 0},
		"starts of words":        {near, "KOLN man", 1},
		"one word is missing":    {near, "köln pizza", 0},
		"not within a word":      {nil, "ango", 0},
		"signs are no pattern":   {nil, ".* (", 1},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := restaurants.Search(t.Context(), stored{c}, q.at, q.query)
			require.NoError(t, err)
			require.Len(t, found, q.found)
		})
	}
}
