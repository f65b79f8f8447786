package upgrade

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
)

// recorder records events of a domain whose service isn't there, as that would.
func recorder[E proto.Message](log *eventlog.Log) *eventlog.Aggregate[struct{}, E] {
	return eventlog.NewAggregate(log, func(s struct{}, _ E, _ eventlog.Meta) (struct{}, error) { return s, nil })
}

// openRestaurant opens one that stays open around the clock, with one dish.
func (h *house) openRestaurant(t *testing.T, log *eventlog.Log) {
	t.Helper()
	euros := func(cents int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: cents} }
	hours := &typev1.OpeningHours{TimeZone: "Europe/Berlin"}
	for day := typev1.Weekday_WEEKDAY_MONDAY; day <= typev1.Weekday_WEEKDAY_SUNDAY; day++ {
		hours.Windows = append(hours.Windows, &typev1.OpeningWindow{Weekday: day, ClosesMinute: 24 * 60})
	}
	restaurants := recorder[*restaurantv1.RestaurantEvent](log)
	for _, e := range []*restaurantv1.RestaurantEvent{
		{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{RestaurantRegistered: &restaurantv1.RestaurantRegistered{
			CurrencyCode: "EUR", Hours: hours, DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: euros(150), MinimumOrder: euros(1000)},
			Profile: &restaurantv1.Profile{Name: "Dal House", Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}, PreparationMinutes: 20},
		}}},
		{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{Item: &typev1.MenuItem{
			ItemId: h.dish, Name: "Dal", Section: "Mains", Rank: 1, Price: euros(1000),
		}}}},
		{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{RestaurantOpened: &restaurantv1.RestaurantOpened{}}},
	} {
		_, err := restaurants.Execute(t.Context(), h.place, func(struct{}) (*restaurantv1.RestaurantEvent, error) { return e, nil })
		require.NoError(t, err)
	}
}

// happening is what was recorded of an order, and whether either version tells it.
type happening struct {
	domain string
	at     uint64
	told   bool
}

// cancelled has an order cancelled.
func (h *house) cancelled(ctx context.Context, id string) (happening, error) {
	at, err := h.cancel(ctx, h.ordering, id, "changed my mind")
	return happening{ordered, at, true}, err
}

// postponed has an order postponed, which is an event that the older versions don't know.
func (h *house) postponed(ctx context.Context, id string) (happening, error) {
	at, err := h.cancel(ctx, h.ordering, id, postpone)
	return happening{ordered, at, false}, err
}

func (h *house) cancel(ctx context.Context, by orderingv1.OrderingServiceClient, id, reason string) (at uint64, err error) {
	if ctx, err = h.issuer.AsService(ctx, "test"); err != nil {
		return 0, err
	}
	answer, err := by.CancelOrder(ctx, &orderingv1.CancelOrderRequest{OrderId: id, Reason: reason})
	return answer.GetPosition(), err
}

// handedOn has another courier take an order on.
func (h *house) handedOn(ctx context.Context, id string) (happening, error) {
	assigned := &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{
		DeliveryAssigned: &deliveryv1.DeliveryAssigned{CourierId: newID()},
	}}
	at, err := h.deliveries.Execute(ctx, id, func(struct{}) (*deliveryv1.DeliveryEvent, error) { return assigned, nil })
	return happening{carried, at, true}, err
}
