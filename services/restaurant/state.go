package restaurant

import (
	"fmt"
	"maps"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

// Restaurant is what its events say about one restaurant. The zero value is one that was never registered. It is never
// changed in place: Evolve returns another.
type Restaurant struct {
	Registered  bool
	Profile     *restaurantv1.Profile
	Hours       *typev1.OpeningHours
	Terms       *restaurantv1.DeliveryTerms
	Currency    string
	Items       map[string]*typev1.MenuItem
	SoldOut     map[string]bool
	Paused      bool
	PauseReason string
}

// Evolve returns the restaurant after the event. An event that it does not know is an error.
func Evolve(r Restaurant, e *restaurantv1.RestaurantEvent) (Restaurant, error) {
	switch e := e.GetEvent().(type) {
	case *restaurantv1.RestaurantEvent_RestaurantRegistered:
		v := e.RestaurantRegistered
		return Restaurant{
			Registered: true, Profile: v.GetProfile(), Hours: v.GetHours(), Terms: v.GetDeliveryTerms(),
			Currency: v.GetCurrencyCode(), Paused: true,
		}, nil
	case *restaurantv1.RestaurantEvent_ProfileChanged:
		r.Profile = e.ProfileChanged.GetProfile()
	case *restaurantv1.RestaurantEvent_HoursChanged:
		r.Hours = e.HoursChanged.GetHours()
	case *restaurantv1.RestaurantEvent_DeliveryTermsChanged:
		r.Terms = e.DeliveryTermsChanged.GetDeliveryTerms()
	case *restaurantv1.RestaurantEvent_MenuItemPut:
		item := e.MenuItemPut.GetItem()
		r.Items = with(r.Items, item.GetItemId(), item)
	case *restaurantv1.RestaurantEvent_MenuItemRemoved:
		r.Items = without(r.Items, e.MenuItemRemoved.GetItemId())
		r.SoldOut = without(r.SoldOut, e.MenuItemRemoved.GetItemId())
	case *restaurantv1.RestaurantEvent_ItemSoldOut:
		r.SoldOut = with(r.SoldOut, e.ItemSoldOut.GetItemId(), true)
	case *restaurantv1.RestaurantEvent_ItemBack:
		r.SoldOut = without(r.SoldOut, e.ItemBack.GetItemId())
	case *restaurantv1.RestaurantEvent_RestaurantOpened:
		r.Paused, r.PauseReason = false, ""
	case *restaurantv1.RestaurantEvent_RestaurantPaused:
		r.Paused, r.PauseReason = true, e.RestaurantPaused.GetReason()
	default:
		return r, fmt.Errorf("restaurant: unknown event %T", e)
	}
	return r, nil
}

// with and without copy, because earlier states share the map.
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

// known refuses commands on a restaurant that was never registered.
func (r Restaurant) known() error {
	if !r.Registered {
		return problem.Missing("RESTAURANT_NOT_FOUND", "there is no such restaurant")
	}
	return nil
}

// offered refuses commands on an item that is not on the menu.
func (r Restaurant) offered(itemID string) error {
	if err := r.known(); err != nil {
		return err
	}
	if _, ok := r.Items[itemID]; !ok {
		return problem.Missing("ITEM_NOT_FOUND", "there is no such item on the menu")
	}
	return nil
}
