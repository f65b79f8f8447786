package menu_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/testing/protocmp"

	"tiffin/bff/restaurant/menu"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
)

func dish(id string, rank int32) *typev1.MenuItem {
	return &typev1.MenuItem{
		ItemId: id, Name: "Dish " + id, Rank: rank, Price: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 950},
		OptionGroups: []*typev1.OptionGroup{{GroupId: "g", Name: "Size", Options: []*typev1.Option{{OptionId: "l", Name: "Large"}}}},
	}
}

func put(m *typev1.MenuItem) *restaurantv1.RestaurantEvent {
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{Item: m}}}
}

func TestTheMenuIsAsItWasWritten(t *testing.T) {
	var d menu.Document
	for _, data := range []*restaurantv1.RestaurantEvent{
		put(dish("a", 20)), put(dish("b", 10)), put(dish("c", 5)),
		{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "a"}}},
		{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "b"}}},
		{Event: &restaurantv1.RestaurantEvent_ItemBack{ItemBack: &restaurantv1.ItemBack{ItemId: "b"}}},
		{Event: &restaurantv1.RestaurantEvent_MenuItemRemoved{MenuItemRemoved: &restaurantv1.MenuItemRemoved{ItemId: "c"}}},
		put(dish("a", 30)),
	} {
		require.Equal(t, view.Keep, menu.Apply(&d, view.Event{AggregateID: "r", Data: data}))
	}
	got, err := d.Offers()
	require.NoError(t, err)
	want := []*restaurantbffv1.OwnItem{{Item: dish("b", 10)}, {Item: dish("a", 30), SoldOut: true}}
	require.Empty(t, cmp.Diff(want, got, protocmp.Transform()))
}
