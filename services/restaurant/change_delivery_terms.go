package restaurant

import (
	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
)

// ChangeDeliveryTerms changes where to and at which price the restaurant delivers.
func (r Restaurant) ChangeDeliveryTerms(c *restaurantv1.ChangeDeliveryTermsRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	if err := checkTerms(c.GetDeliveryTerms(), r.Currency); err != nil {
		return nil, err
	}
	if proto.Equal(r.Terms, c.GetDeliveryTerms()) {
		return nil, nil
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_DeliveryTermsChanged{
		DeliveryTermsChanged: &restaurantv1.DeliveryTermsChanged{DeliveryTerms: c.GetDeliveryTerms()},
	}}, nil
}
