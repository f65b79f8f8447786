package city

import (
	"bytes"
	_ "embed" // for restaurants.json
	"encoding/json"
	"fmt"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// Currency is that of every price in the city.
const Currency = "EUR"

//go:embed restaurants.json
var file []byte

// Restaurant is one of the city. Its id, and those of its items, are empty until a plan gives them.
type Restaurant struct {
	ID      string
	Profile *restaurantv1.Profile
	Hours   *typev1.OpeningHours
	Terms   *restaurantv1.DeliveryTerms
	Items   []Item
}

// Item is something on a restaurant's menu.
type Item struct {
	*typev1.MenuItem
	SoldOut bool
}

// Load reads the city's restaurants.
func Load() ([]Restaurant, error) {
	var written struct {
		OptionGroups map[string]groupJSON `json:"option_groups"`
		Restaurants  []restaurantJSON     `json:"restaurants"`
	}
	decoder := json.NewDecoder(bytes.NewReader(file))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&written); err != nil {
		return nil, fmt.Errorf("read restaurants.json: %w", err)
	}
	restaurants := make([]Restaurant, 0, len(written.Restaurants))
	for _, r := range written.Restaurants {
		restaurant, err := r.read(written.OptionGroups)
		if err != nil {
			return nil, fmt.Errorf("read restaurants.json: %s: %w", r.Name, err)
		}
		restaurants = append(restaurants, restaurant)
	}
	return restaurants, nil
}
