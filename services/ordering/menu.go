package ordering

import (
	"fmt"
	"maps"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// Menu is what ordering knows of one restaurant from the log: all that an order is checked against. The zero value is a
// restaurant that nobody has heard of. It is never changed in place: After returns another, so readers may share it.
type Menu struct {
	Registered  bool
	Profile     *restaurantv1.Profile
	Hours       *typev1.OpeningHours
	Terms       *restaurantv1.DeliveryTerms
	Currency    string
	Items       map[string]*typev1.MenuItem
	SoldOut     map[string]bool
	Paused      bool
	PauseReason string
	// Position is that of the restaurant's last event.
	Position uint64
}

// After returns the menu after an event of its restaurant at the position. An event that it does not know is an error.
func (m Menu) After(e *restaurantv1.RestaurantEvent, position uint64) (Menu, error) {
	m.Position = position
	switch e := e.GetEvent().(type) {
	case *restaurantv1.RestaurantEvent_RestaurantRegistered:
		v := e.RestaurantRegistered
		return Menu{
			Registered: true, Profile: v.GetProfile(), Hours: v.GetHours(), Terms: v.GetDeliveryTerms(),
			Currency: v.GetCurrencyCode(), Paused: true, Position: position,
		}, nil
	case *restaurantv1.RestaurantEvent_ProfileChanged:
		m.Profile = e.ProfileChanged.GetProfile()
	case *restaurantv1.RestaurantEvent_HoursChanged:
		m.Hours = e.HoursChanged.GetHours()
	case *restaurantv1.RestaurantEvent_DeliveryTermsChanged:
		m.Terms = e.DeliveryTermsChanged.GetDeliveryTerms()
	case *restaurantv1.RestaurantEvent_MenuItemPut:
		item := e.MenuItemPut.GetItem()
		m.Items = with(m.Items, item.GetItemId(), item)
	case *restaurantv1.RestaurantEvent_MenuItemRemoved:
		m.Items = without(m.Items, e.MenuItemRemoved.GetItemId())
		m.SoldOut = without(m.SoldOut, e.MenuItemRemoved.GetItemId())
	case *restaurantv1.RestaurantEvent_ItemSoldOut:
		m.SoldOut = with(m.SoldOut, e.ItemSoldOut.GetItemId(), true)
	case *restaurantv1.RestaurantEvent_ItemBack:
		m.SoldOut = without(m.SoldOut, e.ItemBack.GetItemId())
	case *restaurantv1.RestaurantEvent_RestaurantOpened:
		m.Paused, m.PauseReason = false, ""
	case *restaurantv1.RestaurantEvent_RestaurantPaused:
		m.Paused, m.PauseReason = true, e.RestaurantPaused.GetReason()
	default:
		return m, fmt.Errorf("ordering: unknown event %T of a restaurant", e)
	}
	return m, nil
}

func with[V any](m map[string]V, key string, v V) map[string]V {
	out := make(map[string]V, len(m)+1)
	maps.Copy(out, m)
	out[key] = v
	return out
}

func without[V any](m map[string]V, key string) map[string]V {
	out := maps.Clone(m)
	delete(out, key)
	return out
}
