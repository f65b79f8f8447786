package restaurant_test

import (
	"math"
	"strings"
	"testing"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/services/restaurant"
)

type registration = restaurantv1.RegisterRestaurantRequest

func TestRegister(t *testing.T) {
	fine := &registration{Profile: profile, Hours: week, DeliveryTerms: terms, CurrencyCode: "EUR"}
	when := func(change func(*registration)) func(restaurant.Restaurant) (*event, error) {
		return func(r restaurant.Restaurant) (*event, error) { return r.Register(but(fine, change)) }
	}
	same := func(*registration) {}
	scenarios := []scenario{
		{name: "a new restaurant", when: when(same), then: registered},
		{name: "a repeat", given: events{registered}, when: when(same)},
		{
			name: "another of the same id", given: events{registered}, refused: "RESTAURANT_EXISTS",
			when: when(func(c *registration) { c.Profile.Name = "Basil" }),
		},
	}
	for field, change := range map[string]func(*registration){
		"currency_code":                              func(c *registration) { c.CurrencyCode = "eur" },
		"profile":                                    func(c *registration) { c.Profile = nil },
		"profile.name":                               func(c *registration) { c.Profile.Name = "  " },
		"profile.description":                        func(c *registration) { c.Profile.Description = strings.Repeat("é", 2001) },
		"profile.address":                            func(c *registration) { c.Profile.Address = "" },
		"profile.cuisines":                           func(c *registration) { c.Profile.Cuisines = nil },
		"profile.cuisines[0]":                        func(c *registration) { c.Profile.Cuisines[0] = "Indian" },
		"profile.cuisines[1]":                        func(c *registration) { c.Profile.Cuisines[1] = "indian" },
		"profile.location":                           func(c *registration) { c.Profile.Location.Latitude = math.NaN() },
		"profile.preparation_minutes":                func(c *registration) { c.Profile.PreparationMinutes = 0 },
		"hours":                                      func(c *registration) { c.Hours = nil },
		"hours.time_zone":                            func(c *registration) { c.Hours.TimeZone = "Berlin" },
		"hours.windows[0]":                           func(c *registration) { c.Hours.Windows[0].ClosesMinute = 0 },
		"delivery_terms":                             func(c *registration) { c.DeliveryTerms = nil },
		"delivery_terms.radius_meters":               func(c *registration) { c.DeliveryTerms.RadiusMeters = 0 },
		"delivery_terms.fee":                         func(c *registration) { c.DeliveryTerms.Fee = nil },
		"delivery_terms.fee.minor_units":             func(c *registration) { c.DeliveryTerms.Fee.MinorUnits = -1 },
		"delivery_terms.minimum_order.currency_code": func(c *registration) { c.DeliveryTerms.MinimumOrder.CurrencyCode = "USD" },
	} {
		scenarios = append(scenarios, scenario{name: "wrong " + field, when: when(change), refused: "INVALID_ARGUMENT", field: field})
	}
	run(t, scenarios)
}

func TestARestaurantStartsPausedWithAnEmptyMenu(t *testing.T) {
	r := given(t, registered)
	if !r.Registered || !r.Paused || len(r.Items) != 0 || r.Currency != "EUR" {
		t.Fatalf("%+v", r)
	}
}

func TestAnUnknownEventIsAnError(t *testing.T) {
	if _, err := restaurant.Evolve(restaurant.Restaurant{}, &event{}); err == nil {
		t.Fatal("an empty event evolved")
	}
}

// Every event of the oneof is to be evolved: a new one fails here until it is.
func TestEveryEventEvolves(t *testing.T) {
	fields := (&event{}).ProtoReflect().Descriptor().Oneofs().ByName("event").Fields()
	for i := range fields.Len() {
		e := &event{}
		m := e.ProtoReflect()
		m.Set(fields.Get(i), m.NewField(fields.Get(i)))
		if _, err := restaurant.Evolve(restaurant.Restaurant{Registered: true}, e); err != nil {
			t.Errorf("%s: %v", fields.Get(i).Name(), err)
		}
	}
}

func TestEvolveLeavesEarlierStatesAlone(t *testing.T) {
	before := given(t, registered, put(curry), soldOut)
	for _, e := range (events{put(but(curry, func(i *typev1.MenuItem) { i.Name = "Tarka" })), back, removed}) {
		if _, err := restaurant.Evolve(before, e); err != nil {
			t.Fatal(err)
		}
		if before.Items[dal].GetName() != "Dal" || !before.SoldOut[dal] {
			t.Fatalf("%T changed an earlier state", e.GetEvent())
		}
	}
}
