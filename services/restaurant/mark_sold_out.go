package restaurant

import (
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// MarkSoldOut says that an item can't be ordered until it is back.
func (r Restaurant) MarkSoldOut(c *restaurantv1.MarkSoldOutRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.offered(c.GetItemId()); err != nil {
		return nil, err
	}
	if r.SoldOut[c.GetItemId()] {
		return nil, nil
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{
		ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: c.GetItemId()},
	}}, nil
}
