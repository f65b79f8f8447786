package menu

import (
	"cmp"
	"fmt"
	"slices"

	"google.golang.org/protobuf/proto"

	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
)

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	data, ok := e.Data.(*restaurantv1.RestaurantEvent)
	if !ok {
		return view.Keep
	}
	d.Restaurant.Apply(e.AggregateID, data)
	switch event := data.GetEvent().(type) {
	case *restaurantv1.RestaurantEvent_MenuItemPut:
		d.put(event.MenuItemPut.GetItem())
	case *restaurantv1.RestaurantEvent_MenuItemRemoved:
		d.Items = slices.DeleteFunc(d.Items, func(i Item) bool { return i.ItemID == event.MenuItemRemoved.GetItemId() })
	case *restaurantv1.RestaurantEvent_ItemSoldOut:
		d.mark(event.ItemSoldOut.GetItemId(), true)
	case *restaurantv1.RestaurantEvent_ItemBack:
		d.mark(event.ItemBack.GetItemId(), false)
	}
	return view.Keep
}

func (d *Document) put(offer *typev1.MenuItem) {
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(offer)
	if err != nil {
		panic(fmt.Errorf("keep an item: %w", err))
	}
	item := Item{ItemID: offer.GetItemId(), Rank: offer.GetRank(), Offer: raw}
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

// Offers are the items as the API has them.
func (d *Document) Offers() ([]*restaurantbffv1.OwnItem, error) {
	var out []*restaurantbffv1.OwnItem
	for _, i := range d.Items {
		offer := &typev1.MenuItem{}
		if err := proto.Unmarshal(i.Offer, offer); err != nil {
			return nil, fmt.Errorf("read item %s: %w", i.ItemID, err)
		}
		out = append(out, &restaurantbffv1.OwnItem{Item: offer, SoldOut: i.SoldOut})
	}
	return out, nil
}
