package sales

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

const days = 7

// Indexes are what Week needs.
func Indexes() []mongo.IndexModel {
	return []mongo.IndexModel{{Keys: bson.D{{Key: "restaurant_id", Value: 1}, {Key: "placed_at", Value: 1}}}}
}

// Finder is the view's own collection.
type Finder interface {
	Find(ctx context.Context, filter any, o ...options.Lister[options.FindOptions]) ([]Document, error)
}

// Week sums up what a restaurant sold today and in the seven days that end with today, by the wall clock of the zone. The
// currency is what sums of nothing are in.
func Week(
	ctx context.Context, view Finder, restaurantID, currency string, zone *time.Location, now time.Time,
) (*restaurantbffv1.Sales, error) {
	now = now.In(zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, zone)
	first, end := today.AddDate(0, 0, 1-days), today.AddDate(0, 0, 1)
	found, err := view.Find(ctx, bson.D{{Key: "restaurant_id", Value: restaurantID}, {Key: "placed_at", Value: bson.D{
		{Key: "$gte", Value: first.UTC()}, {Key: "$lt", Value: end.UTC()},
	}}})
	if err != nil {
		return nil, fmt.Errorf("a restaurant's sales: %w", err)
	}
	money := func() *typev1.Money { return &typev1.Money{CurrencyCode: currency} }
	out := &restaurantbffv1.Sales{RestaurantId: restaurantID, TimeZone: zone.String()}
	byDate := map[string]*restaurantbffv1.DaySales{}
	for i := range days {
		day := &restaurantbffv1.DaySales{Date: first.AddDate(0, 0, i).Format(time.DateOnly), Revenue: money()}
		byDate[day.GetDate()] = day
		out.Days = append(out.Days, day)
	}
	for hour := range int32(24) {
		out.Hours = append(out.Hours, &restaurantbffv1.HourSales{Hour: hour, Revenue: money()})
	}
	thisDay, thisWeek := newTally(money), newTally(money)
	for _, order := range found {
		at := order.PlacedAt.In(zone)
		day := byDate[at.Format(time.DateOnly)]
		if day == nil || !order.Counts() {
			continue
		}
		day.Orders++
		day.Revenue.MinorUnits += order.Subtotal
		thisWeek.add(order)
		if !at.Before(today) {
			hour := out.GetHours()[at.Hour()]
			hour.Orders++
			hour.Revenue.MinorUnits += order.Subtotal
			thisDay.add(order)
		}
	}
	out.Today, out.Week = thisDay.period(), thisWeek.period()
	return out, nil
}
