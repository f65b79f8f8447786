package restaurant

import (
	"google.golang.org/protobuf/proto"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/hours"
	"tiffin/platform/problem"
)

// Register lets a restaurant join, paused and with an empty menu. A repeat with what already holds changes nothing.
func (r Restaurant) Register(c *restaurantv1.RegisterRestaurantRequest) (*restaurantv1.RestaurantEvent, error) {
	if err := checkRegistration(c); err != nil {
		return nil, err
	}
	if r.Registered {
		if r.Currency == c.GetCurrencyCode() && proto.Equal(r.Profile, c.GetProfile()) &&
			proto.Equal(r.Hours, c.GetHours()) && proto.Equal(r.Terms, c.GetDeliveryTerms()) {
			return nil, nil
		}
		return nil, problem.Refuse("RESTAURANT_EXISTS", "a restaurant of this id is registered already")
	}
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{
		RestaurantRegistered: &restaurantv1.RestaurantRegistered{
			Profile: c.GetProfile(), Hours: c.GetHours(), DeliveryTerms: c.GetDeliveryTerms(), CurrencyCode: c.GetCurrencyCode(),
		},
	}}, nil
}

func checkRegistration(c *restaurantv1.RegisterRestaurantRequest) error {
	if !isCurrency(c.GetCurrencyCode()) {
		return problem.InvalidField("currency_code", "three capital letters are needed, such as EUR")
	}
	if err := checkProfile(c.GetProfile()); err != nil {
		return err
	}
	if err := hours.Validate("hours", c.GetHours()); err != nil {
		return err
	}
	return checkTerms(c.GetDeliveryTerms(), c.GetCurrencyCode())
}
