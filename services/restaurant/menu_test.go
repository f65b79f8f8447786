package restaurant_test

import (
	"fmt"
	"strconv"
	"testing"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/services/restaurant"
)

func TestPutMenuItem(t *testing.T) {
	when := func(change func(*item)) func(restaurant.Restaurant) (*event, error) {
		return func(r restaurant.Restaurant) (*event, error) {
			return r.PutMenuItem(&restaurantv1.PutMenuItemRequest{Item: but(curry, change)})
		}
	}
	same := func(*item) {}
	dearer := func(i *item) { i.Price.MinorUnits = 990 }
	full := events{registered}
	for n := range 500 {
		full = append(full, put(&item{ItemId: strconv.Itoa(n)}))
	}
	extras := func(least, most int32, differences ...int64) func(*item) {
		return func(i *item) {
			g := &typev1.OptionGroup{GroupId: "extras", Name: "Extras", MinChoices: least, MaxChoices: most}
			for n, d := range differences {
				g.Options = append(g.Options, &typev1.Option{OptionId: fmt.Sprint("extra", n), Name: "Extra", PriceDifference: d})
			}
			i.OptionGroups = append(i.OptionGroups, g)
		}
	}
	scenarios := []scenario{
		{name: "a new item", given: events{registered}, when: when(same), then: put(curry)},
		{name: "the same again", given: events{registered, put(curry)}, when: when(same)},
		{name: "another price", given: events{registered, put(curry)}, when: when(dearer), then: put(but(curry, dearer))},
		{name: "nobody's", when: when(same), refused: "RESTAURANT_NOT_FOUND"},
		{name: "one too many", given: full, when: when(same), refused: "MENU_FULL"},
		{
			name: "choices that make it free", given: events{registered},
			when: when(extras(0, 2, -345, -345, 100)), then: put(but(curry, extras(0, 2, -345, -345, 100))),
		},
		{
			name: "choices that would pay the customer", given: events{registered}, refused: "INVALID_ARGUMENT", field: "item.option_groups",
			when: when(extras(0, 2, -345, -346, 100)),
		},
		{
			name: "a choice too many to count", given: events{registered},
			when: when(extras(0, 1, -345, -346)), then: put(but(curry, extras(0, 1, -345, -346))),
		},
		{
			name: "what must be chosen as well makes up for it", given: events{registered},
			when: when(extras(2, 2, -800, 200)), then: put(but(curry, extras(2, 2, -800, 200))),
		},
	}
	for field, change := range map[string]func(*item){
		"item.item_id":                   func(i *item) { i.ItemId = "" },
		"item.name":                      func(i *item) { i.Name = " " },
		"item.section":                   func(i *item) { i.Section = "" },
		"item.price":                     func(i *item) { i.Price = nil },
		"item.price.currency_code":       func(i *item) { i.Price.CurrencyCode = "USD" },
		"item.price.minor_units":         func(i *item) { i.Price.MinorUnits = -1 },
		"item.option_groups[1].group_id": func(i *item) { extras(0, 1, 0)(i); i.OptionGroups[1].GroupId = "size" },
		"item.option_groups[1].options[0].option_id": func(i *item) { extras(0, 1, 0)(i); i.OptionGroups[1].Options[0].OptionId = "large" },
		"item.option_groups[0].max_choices":          func(i *item) { i.OptionGroups[0].MinChoices = 2 },
		"item.option_groups[1].min_choices":          extras(2, 2, 0),
		"item.option_groups[0].options[1].price_difference": func(i *item) {
			i.OptionGroups[0].Options[1].PriceDifference = 1 << 62
		},
	} {
		scenarios = append(scenarios, scenario{
			name: "wrong " + field, given: events{registered}, when: when(change), refused: "INVALID_ARGUMENT", field: field,
		})
	}
	run(t, scenarios)
}

func TestRemoveMenuItem(t *testing.T) {
	when := func(r restaurant.Restaurant) (*event, error) {
		return r.RemoveMenuItem(&restaurantv1.RemoveMenuItemRequest{ItemId: dal})
	}
	run(t, []scenario{
		{name: "an item of the menu", given: events{registered, put(curry)}, when: when, then: removed},
		{name: "one that is not there", given: events{registered}, when: when, refused: "ITEM_NOT_FOUND"},
		{name: "one that is gone", given: events{registered, put(curry), removed}, when: when, refused: "ITEM_NOT_FOUND"},
		{name: "nobody's", when: when, refused: "RESTAURANT_NOT_FOUND"},
	})
}

func TestMarkSoldOut(t *testing.T) {
	when := func(r restaurant.Restaurant) (*event, error) {
		return r.MarkSoldOut(&restaurantv1.MarkSoldOutRequest{ItemId: dal})
	}
	run(t, []scenario{
		{name: "an item of the menu", given: events{registered, put(curry)}, when: when, then: soldOut},
		{name: "a repeat", given: events{registered, put(curry), soldOut}, when: when},
		{name: "putting it anew keeps it sold out", given: events{registered, put(curry), soldOut, put(curry)}, when: when},
		{
			name: "removing it forgets that", given: events{registered, put(curry), soldOut, removed, put(curry)},
			when: when, then: soldOut,
		},
		{name: "one that is not there", given: events{registered}, when: when, refused: "ITEM_NOT_FOUND"},
		{name: "nobody's", when: when, refused: "RESTAURANT_NOT_FOUND"},
	})
}

func TestMarkBack(t *testing.T) {
	when := func(r restaurant.Restaurant) (*event, error) {
		return r.MarkBack(&restaurantv1.MarkBackRequest{ItemId: dal})
	}
	run(t, []scenario{
		{name: "a sold-out item", given: events{registered, put(curry), soldOut}, when: when, then: back},
		{name: "one that was never sold out", given: events{registered, put(curry)}, when: when},
		{name: "one that is not there", given: events{registered}, when: when, refused: "ITEM_NOT_FOUND"},
		{name: "nobody's", when: when, refused: "RESTAURANT_NOT_FOUND"},
	})
}
