package restaurant_test

import (
	"testing"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/services/restaurant"
)

func TestOpen(t *testing.T) {
	when := func(r restaurant.Restaurant) (*event, error) { return r.Open(&restaurantv1.OpenRestaurantRequest{}) }
	run(t, []scenario{
		{name: "for the first time", given: events{registered}, when: when, then: opened},
		{name: "after a pause", given: events{registered, opened, paused("")}, when: when, then: opened},
		{name: "a repeat", given: events{registered, opened}, when: when},
		{name: "nobody's", when: when, refused: "RESTAURANT_NOT_FOUND"},
	})
}

func TestPause(t *testing.T) {
	when := func(reason string) func(restaurant.Restaurant) (*event, error) {
		return func(r restaurant.Restaurant) (*event, error) {
			return r.Pause(&restaurantv1.PauseRestaurantRequest{Reason: reason})
		}
	}
	run(t, []scenario{
		{name: "an open one", given: events{registered, opened}, when: when("Too busy"), then: paused("Too busy")},
		{name: "a repeat", given: events{registered, opened, paused("Too busy")}, when: when("Too busy")},
		{name: "one that never opened", given: events{registered}, when: when("")},
		{name: "for another reason", given: events{registered, paused("Too busy")}, when: when("Out of gas"), then: paused("Out of gas")},
		{name: "nobody's", when: when(""), refused: "RESTAURANT_NOT_FOUND"},
	})
}
