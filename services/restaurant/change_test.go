package restaurant_test

import (
	"testing"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/services/restaurant"
)

func TestChangeProfile(t *testing.T) {
	when := func(p *restaurantv1.Profile) func(restaurant.Restaurant) (*event, error) {
		return func(r restaurant.Restaurant) (*event, error) {
			return r.ChangeProfile(&restaurantv1.ChangeProfileRequest{Profile: p})
		}
	}
	basil := but(profile, func(p *restaurantv1.Profile) { p.Name = "Basil" })
	run(t, []scenario{
		{
			name: "another name", given: events{registered}, when: when(basil),
			then: &event{Event: &restaurantv1.RestaurantEvent_ProfileChanged{ProfileChanged: &restaurantv1.ProfileChanged{Profile: basil}}},
		},
		{name: "the same", given: events{registered}, when: when(profile)},
		{name: "nobody's", when: when(profile), refused: "RESTAURANT_NOT_FOUND"},
		{
			name: "no name", given: events{registered}, refused: "INVALID_ARGUMENT", field: "profile.name",
			when: when(but(profile, func(p *restaurantv1.Profile) { p.Name = "" })),
		},
	})
}

func TestChangeHours(t *testing.T) {
	when := func(h *typev1.OpeningHours) func(restaurant.Restaurant) (*event, error) {
		return func(r restaurant.Restaurant) (*event, error) {
			return r.ChangeHours(&restaurantv1.ChangeHoursRequest{Hours: h})
		}
	}
	longer := but(week, func(h *typev1.OpeningHours) { h.Windows[0].ClosesMinute = 1500 })
	run(t, []scenario{
		{
			name: "past midnight", given: events{registered}, when: when(longer),
			then: &event{Event: &restaurantv1.RestaurantEvent_HoursChanged{HoursChanged: &restaurantv1.HoursChanged{Hours: longer}}},
		},
		{name: "the same", given: events{registered}, when: when(week)},
		{name: "nobody's", when: when(week), refused: "RESTAURANT_NOT_FOUND"},
		{name: "none", given: events{registered}, when: when(nil), refused: "INVALID_ARGUMENT", field: "hours"},
	})
}

func TestChangeDeliveryTerms(t *testing.T) {
	when := func(d *restaurantv1.DeliveryTerms) func(restaurant.Restaurant) (*event, error) {
		return func(r restaurant.Restaurant) (*event, error) {
			return r.ChangeDeliveryTerms(&restaurantv1.ChangeDeliveryTermsRequest{DeliveryTerms: d})
		}
	}
	free := but(terms, func(d *restaurantv1.DeliveryTerms) { d.Fee.MinorUnits = 0 })
	run(t, []scenario{
		{
			name: "for free", given: events{registered}, when: when(free),
			then: &event{Event: &restaurantv1.RestaurantEvent_DeliveryTermsChanged{
				DeliveryTermsChanged: &restaurantv1.DeliveryTermsChanged{DeliveryTerms: free},
			}},
		},
		{name: "the same", given: events{registered}, when: when(terms)},
		{name: "nobody's", when: when(terms), refused: "RESTAURANT_NOT_FOUND"},
		{
			name: "another currency", given: events{registered}, refused: "INVALID_ARGUMENT", field: "delivery_terms.fee.currency_code",
			when: when(but(terms, func(d *restaurantv1.DeliveryTerms) { d.Fee.CurrencyCode = "USD" })),
		},
	})
}
