package restaurant

import (
	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/problem"
)

// maxItems bounds a menu, and with it what every order's check holds in memory.
const maxItems = 500

// PutMenuItem adds an item to the menu, or replaces it as a whole; whether it is sold out stays as it was.
func (r Restaurant) PutMenuItem(c *restaurantv1.PutMenuItemRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	item := c.GetItem()
	if err := checkItem(item, r.Currency); err != nil {
		return nil, err
	}
	old, exists := r.Items[item.GetItemId()]
	if exists && proto.Equal(old, item) {
		return nil, nil
	}
	if !exists && len(r.Items) >= maxItems {
		return nil, problem.Refuse("MENU_FULL", "a menu holds %d items at most", maxItems)
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemPut{
		MenuItemPut: &restaurantv1.MenuItemPut{Item: item},
	}}, nil
}
