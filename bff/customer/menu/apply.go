package menu

import (
	"cmp"
	"slices"

	"tiffin/bff/customer/restaurant"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
)

// Route names the restaurant that an event concerns, if any.
func Route(e view.Event) []string { return restaurant.Route(e) }

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	d.Restaurant.Apply(e)
	data, ok := e.Data.(*restaurantv1.RestaurantEvent)
	if !ok {
		return view.Keep
	}
	switch event := data.GetEvent().(type) {
	case *restaurantv1.RestaurantEvent_MenuItemPut:
		d.put(stored(event.MenuItemPut.GetItem()))
	case *restaurantv1.RestaurantEvent_MenuItemRemoved:
		d.Items = slices.DeleteFunc(d.Items, func(i Item) bool { return i.ItemID == event.MenuItemRemoved.GetItemId() })
	case *restaurantv1.RestaurantEvent_ItemSoldOut:
		d.mark(event.ItemSoldOut.GetItemId(), true)
	case *restaurantv1.RestaurantEvent_ItemBack:
		d.mark(event.ItemBack.GetItemId(), false)
	}
	return view.Keep
}

func (d *Document) put(item Item) {
	if i := d.index(item.ItemID); i >= 0 {
		item.SoldOut = d.Items[i].SoldOut
		d.Items[i] = item
	} else {
		d.Items = append(d.Items, item)
	}
	slices.SortFunc(d.Items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ItemID, b.ItemID))
	})
}

func (d *Document) mark(id string, soldOut bool) {
	if i := d.index(id); i >= 0 {
		d.Items[i].SoldOut = soldOut
	}
}

func (d *Document) index(id string) int {
	return slices.IndexFunc(d.Items, func(i Item) bool { return i.ItemID == id })
}

func stored(m *typev1.MenuItem) Item {
	item := Item{
		ItemID: m.GetItemId(), Name: m.GetName(), Description: m.GetDescription(), Section: m.GetSection(), Rank: m.GetRank(),
		Price: m.GetPrice().GetMinorUnits(), Currency: m.GetPrice().GetCurrencyCode(), Image: m.GetImage(),
		Vegetarian: m.GetVegetarian(), Vegan: m.GetVegan(), Spiciness: m.GetSpiciness(),
	}
	for _, a := range m.GetAllergens() {
		item.Allergens = append(item.Allergens, int32(a))
	}
	for _, g := range m.GetOptionGroups() {
		group := Group{GroupID: g.GetGroupId(), Name: g.GetName(), Min: g.GetMinChoices(), Max: g.GetMaxChoices()}
		for _, o := range g.GetOptions() {
			group.Options = append(group.Options, Option{o.GetOptionId(), o.GetName(), o.GetPriceDifference()})
		}
		item.Groups = append(item.Groups, group)
	}
	return item
}
