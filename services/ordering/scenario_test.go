package ordering_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
	"tiffin/services/ordering"
)

type (
	event      = orderingv1.OrderEvent
	events     = []*event
	restaurant = restaurantv1.RestaurantEvent
)

// scenario reads: given these events, when the command arrives, then this event follows, or none, or this refusal.
type scenario struct {
	name  string
	given events
	when  func(ordering.Order) (*event, error)
	then  *event
	// refused is the problem's code, meta what it says beside; field is the one that it names.
	refused, field string
	meta           map[string]string
}

func run(t *testing.T, scenarios []scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			var o ordering.Order
			for _, e := range s.given {
				o = evolve(t, o, e)
			}
			got, err := s.when(o)
			if s.refused != "" {
				checkRefusal(t, s, got, err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s.then, got, protocmp.Transform()); diff != "" {
				t.Fatal(diff)
			}
			if got != nil && got.GetOrderPlaced() == nil {
				if again, err := s.when(evolve(t, o, got)); again != nil || err != nil {
					t.Fatalf("a repeat gives %v, %v, want no event", again, err)
				}
			}
		})
	}
}

func checkRefusal(t *testing.T, s scenario, got *event, err error) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != s.refused || got != nil {
		t.Fatalf("got %v, %v, want the refusal %s", got, err, s.refused)
	}
	if s.field != "" && (len(p.Violations) == 0 || p.Violations[0].Field != s.field) {
		t.Fatalf("got %v, want a violation of %s", p.Violations, s.field)
	}
	for k, want := range s.meta {
		if p.Meta[k] != want {
			t.Fatalf("meta %s is %q, want %q", k, p.Meta[k], want)
		}
	}
}

func evolve(t *testing.T, o ordering.Order, e *event) ordering.Order {
	t.Helper()
	o, err := ordering.Evolve(o, e)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func menu(t *testing.T, es ...*restaurant) ordering.Menu {
	t.Helper()
	var m ordering.Menu
	for i, e := range es {
		var err error
		if m, err = m.After(e, uint64(i)+1); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func but[M proto.Message](m M, change func(M)) M {
	c := proto.CloneOf(m)
	change(c)
	return c
}

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

const (
	ada     = "01J0000000000000000000ADA0"
	saffron = "01J0000000000000000SAFFR0N"
	dal     = "01J00000000000000000000DA1"
	naan    = "01J0000000000000000000NAAN"
)

// monday is a Monday at noon in Berlin; Saffron is open on Mondays from 11 to 23.
var monday = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

var (
	registered = &restaurant{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{RestaurantRegistered: &restaurantv1.RestaurantRegistered{
		Profile: &restaurantv1.Profile{
			Name: "Saffron", Image: "curry-rice", Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}, PreparationMinutes: 20,
		},
		Hours: &typev1.OpeningHours{TimeZone: "Europe/Berlin", Windows: []*typev1.OpeningWindow{
			{Weekday: typev1.Weekday_WEEKDAY_MONDAY, OpensMinute: 660, ClosesMinute: 1380},
		}},
		DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: eur(250), MinimumOrder: eur(1000)},
		CurrencyCode:  "EUR",
	}}}
	opened   = &restaurant{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{RestaurantOpened: &restaurantv1.RestaurantOpened{}}}
	dalOnTop = &restaurant{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{Item: &typev1.MenuItem{
		ItemId: dal, Name: "Dal", Image: "pot-of-food", Price: eur(890),
		OptionGroups: []*typev1.OptionGroup{
			{GroupId: "size", Name: "Size", MinChoices: 1, MaxChoices: 1, Options: []*typev1.Option{
				{OptionId: "small", Name: "Small", PriceDifference: -200}, {OptionId: "large", Name: "Large", PriceDifference: 150},
			}},
			{GroupId: "extras", Name: "Extras", MaxChoices: 2, Options: []*typev1.Option{
				{OptionId: "rice", Name: "Rice", PriceDifference: 100},
				{OptionId: "raita", Name: "Raita", PriceDifference: 120},
				{OptionId: "pickle", Name: "Pickle", PriceDifference: 80},
			}},
		},
	}}}}
	naanToo = &restaurant{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{Item: &typev1.MenuItem{
		ItemId: naan, Name: "Naan", Price: eur(300),
	}}}}
	naanSoldOut = &restaurant{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: naan}}}
	naanBack    = &restaurant{Event: &restaurantv1.RestaurantEvent_ItemBack{ItemBack: &restaurantv1.ItemBack{ItemId: naan}}}
	naanGone    = &restaurant{Event: &restaurantv1.RestaurantEvent_MenuItemRemoved{MenuItemRemoved: &restaurantv1.MenuItemRemoved{ItemId: naan}}}
	placed      = &event{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{CustomerId: ada, RestaurantId: saffron}}}
	confirmed   = &event{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{CustomerId: ada, RestaurantId: saffron}}}
	completed   = &event{Event: &orderingv1.OrderEvent_OrderCompleted{OrderCompleted: &orderingv1.OrderCompleted{CustomerId: ada, RestaurantId: saffron}}}
	rejected    = &event{Event: &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{
		CustomerId: ada, RestaurantId: saffron, ReasonCode: "ITEM_SOLD_OUT", Reason: "No lentils left",
	}}}
	cancelled = &event{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{
		CustomerId: ada, RestaurantId: saffron, Reason: "Changed my mind",
	}}}
)

func paused(reason string) *restaurant {
	return &restaurant{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{RestaurantPaused: &restaurantv1.RestaurantPaused{Reason: reason}}}
}
