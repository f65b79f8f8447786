package menu_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/testing/protocmp"

	"tiffin/bff/customer/menu"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
)

func dish(id, section string, rank int32) *typev1.MenuItem {
	return &typev1.MenuItem{
		ItemId: id, Name: "Dish " + id, Section: section, Rank: rank, Price: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 950},
		Allergens: []typev1.Allergen{typev1.Allergen_ALLERGEN_MILK}, Vegetarian: true, Spiciness: 2,
		OptionGroups: []*typev1.OptionGroup{{
			GroupId: "g", Name: "Size", MinChoices: 1, MaxChoices: 1, Options: []*typev1.Option{{OptionId: "l", Name: "Large", PriceDifference: 200}},
		}},
	}
}

func put(m *typev1.MenuItem) *restaurantv1.RestaurantEvent {
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{Item: m}}}
}

func TestTheMenuStandsInItsOrderAndRemembersWhatIsSoldOut(t *testing.T) {
	var d menu.Document
	for _, data := range []*restaurantv1.RestaurantEvent{
		put(dish("a", "Mains", 20)), put(dish("b", "Drinks", 10)), put(dish("c", "Mains", 5)), put(dish("x", "Mains", 1)),
		{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "a"}}},
		{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "b"}}},
		{Event: &restaurantv1.RestaurantEvent_ItemBack{ItemBack: &restaurantv1.ItemBack{ItemId: "b"}}},
		{Event: &restaurantv1.RestaurantEvent_MenuItemRemoved{MenuItemRemoved: &restaurantv1.MenuItemRemoved{ItemId: "x"}}},
		put(dish("a", "Mains", 30)),
	} {
		require.Equal(t, view.Keep, menu.Apply(&d, view.Event{AggregateID: "r", Data: data}))
	}
	want := []*customerv1.MenuSection{
		{Name: "Mains", Items: []*customerv1.OfferedItem{{Item: dish("c", "Mains", 5)}, {Item: dish("a", "Mains", 30), SoldOut: true}}},
		{Name: "Drinks", Items: []*customerv1.OfferedItem{{Item: dish("b", "Drinks", 10)}}},
	}
	require.Empty(t, cmp.Diff(want, d.Sections(), protocmp.Transform()))
}
