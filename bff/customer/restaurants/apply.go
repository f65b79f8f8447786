package restaurants

import (
	"slices"

	"tiffin/bff/customer/restaurant"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/view"
)

// Route names the restaurant that an event concerns, if any. What is sold out at the moment doesn't change what it offers.
func Route(e view.Event) []string {
	if data, ok := e.Data.(*restaurantv1.RestaurantEvent); ok {
		switch data.GetEvent().(type) {
		case *restaurantv1.RestaurantEvent_ItemSoldOut, *restaurantv1.RestaurantEvent_ItemBack:
			return nil
		}
	}
	return restaurant.Route(e)
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	d.Restaurant.Apply(e)
	data, ok := e.Data.(*restaurantv1.RestaurantEvent)
	if !ok {
		return view.Keep
	}
	switch event := data.GetEvent().(type) {
	case *restaurantv1.RestaurantEvent_RestaurantRegistered:
		d.describe()
		d.cover()
	case *restaurantv1.RestaurantEvent_ProfileChanged:
		d.describe()
		d.cover()
	case *restaurantv1.RestaurantEvent_DeliveryTermsChanged:
		d.cover()
	case *restaurantv1.RestaurantEvent_MenuItemPut:
		item := Item{event.MenuItemPut.GetItem().GetItemId(), event.MenuItemPut.GetItem().GetName()}
		if i := d.index(item.ItemID); i >= 0 {
			d.Items[i] = item
		} else {
			d.Items = append(d.Items, item)
		}
		d.describe()
	case *restaurantv1.RestaurantEvent_MenuItemRemoved:
		if i := d.index(event.MenuItemRemoved.GetItemId()); i >= 0 {
			d.Items = slices.Delete(d.Items, i, i+1)
			d.describe()
		}
	}
	return view.Keep
}

func (d *Document) index(id string) int {
	return slices.IndexFunc(d.Items, func(i Item) bool { return i.ItemID == id })
}

func (d *Document) describe() {
	texts := append([]string{d.Name, d.Description}, d.Cuisines...)
	for _, item := range d.Items {
		texts = append(texts, item.Name)
	}
	d.Words = Words(texts...)
}

func (d *Document) cover() { d.Cells = cells(d.Latitude, d.Longitude, d.RadiusMeters) }
