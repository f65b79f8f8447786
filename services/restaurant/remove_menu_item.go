package restaurant

import (
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// RemoveMenuItem takes an item off the menu. One that is not there is refused, because a menu does not remember what it
// once held; a repeat of the same command is recognised by its id.
func (r Restaurant) RemoveMenuItem(c *restaurantv1.RemoveMenuItemRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.offered(c.GetItemId()); err != nil {
		return nil, err
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemRemoved{
		MenuItemRemoved: &restaurantv1.MenuItemRemoved{ItemId: c.GetItemId()},
	}}, nil
}
