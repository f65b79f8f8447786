package restaurant_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
	"tiffin/services/restaurant"
)

type (
	event  = restaurantv1.RestaurantEvent
	events = []*event
	item   = typev1.MenuItem
)

// scenario reads: given these events, when the command arrives, then this event follows, or none, or this refusal.
type scenario struct {
	name  string
	given events
	when  func(restaurant.Restaurant) (*event, error)
	then  *event
	// refused is the problem's code; field is the one that it names, where it is about the request itself.
	refused, field string
}

func run(t *testing.T, scenarios []scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			r := given(t, s.given...)
			got, err := s.when(r)
			if s.refused != "" {
				var p *problem.Problem
				if !errors.As(err, &p) || p.Code != s.refused || got != nil {
					t.Fatalf("got %v, %v, want the refusal %s", got, err, s.refused)
				}
				if s.field != "" && (len(p.Violations) == 0 || p.Violations[0].Field != s.field) {
					t.Fatalf("got %v, want a violation of %s", p.Violations, s.field)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s.then, got, protocmp.Transform()); diff != "" {
				t.Fatal(diff)
			}
			if got == nil {
				return
			}
			after, err := restaurant.Evolve(r, got)
			if err != nil {
				t.Fatal(err)
			}
			if _, isRemoval := got.GetEvent().(*restaurantv1.RestaurantEvent_MenuItemRemoved); isRemoval {
				return
			}
			if again, err := s.when(after); again != nil || err != nil {
				t.Fatalf("a repeat gives %v, %v, want no event", again, err)
			}
		})
	}
}

func given(t *testing.T, es ...*event) restaurant.Restaurant {
	t.Helper()
	var r restaurant.Restaurant
	for _, e := range es {
		var err error
		if r, err = restaurant.Evolve(r, e); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// but returns a copy of the message with a change.
func but[M proto.Message](m M, change func(M)) M {
	c := proto.CloneOf(m)
	change(c)
	return c
}

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

const dal = "01J00000000000000000000DA1"

var (
	profile = &restaurantv1.Profile{
		Name: "Saffron", Description: "Home cooking", Cuisines: []string{"indian", "vegan"}, Image: "curry-rice",
		Address: "Torstr. 1, Berlin", Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}, PreparationMinutes: 20,
	}
	week = &typev1.OpeningHours{TimeZone: "Europe/Berlin", Windows: []*typev1.OpeningWindow{
		{Weekday: typev1.Weekday_WEEKDAY_MONDAY, OpensMinute: 660, ClosesMinute: 1380},
	}}
	terms = &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: eur(250), MinimumOrder: eur(1000)}
	curry = &item{
		ItemId: dal, Name: "Dal", Section: "Mains", Price: eur(890),
		OptionGroups: []*typev1.OptionGroup{{
			GroupId: "size", Name: "Size", MinChoices: 1, MaxChoices: 1,
			Options: []*typev1.Option{{OptionId: "small", Name: "Small", PriceDifference: -200}, {OptionId: "large", Name: "Large"}},
		}},
	}

	registered = &event{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{RestaurantRegistered: &restaurantv1.RestaurantRegistered{
		Profile: profile, Hours: week, DeliveryTerms: terms, CurrencyCode: "EUR",
	}}}
	opened  = &event{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{RestaurantOpened: &restaurantv1.RestaurantOpened{}}}
	soldOut = &event{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: dal}}}
	back    = &event{Event: &restaurantv1.RestaurantEvent_ItemBack{ItemBack: &restaurantv1.ItemBack{ItemId: dal}}}
	removed = &event{Event: &restaurantv1.RestaurantEvent_MenuItemRemoved{MenuItemRemoved: &restaurantv1.MenuItemRemoved{ItemId: dal}}}
)

func put(i *item) *event {
	return &event{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{Item: i}}}
}

func paused(reason string) *event {
	return &event{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{RestaurantPaused: &restaurantv1.RestaurantPaused{Reason: reason}}}
}
