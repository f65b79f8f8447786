package restaurant

import (
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// MarkBack says that a sold-out item can be ordered again.
func (r Restaurant) MarkBack(c *restaurantv1.MarkBackRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.offered(c.GetItemId()); err != nil {
		return nil, err
	}
	if !r.SoldOut[c.GetItemId()] {
		return nil, nil
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_ItemBack{
		ItemBack: &restaurantv1.ItemBack{ItemId: c.GetItemId()},
	}}, nil
}
