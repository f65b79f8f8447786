package city

import (
	"fmt"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// The types below are how restaurants.json is written; prices in it are cents.
type restaurantJSON struct {
	Name         string     `json:"name"`
	Description  string     `json:"description"`
	Cuisines     []string   `json:"cuisines"`
	Image        string     `json:"image"`
	Address      string     `json:"address"`
	Latitude     float64    `json:"latitude"`
	Longitude    float64    `json:"longitude"`
	Preparation  int32      `json:"preparation_minutes"`
	Radius       int32      `json:"radius_meters"`
	Fee          int64      `json:"fee"`
	MinimumOrder int64      `json:"minimum_order"`
	Hours        string     `json:"hours"`
	Items        []itemJSON `json:"items"`
}

type itemJSON struct {
	Section      string   `json:"section"`
	Name         string   `json:"name"`
	Description  string   `json:"description"`
	Price        int64    `json:"price"`
	Image        string   `json:"image"`
	Allergens    []string `json:"allergens"`
	Vegetarian   bool     `json:"vegetarian"`
	Vegan        bool     `json:"vegan"`
	Spiciness    int32    `json:"spiciness"`
	OptionGroups []string `json:"option_groups"`
	SoldOut      bool     `json:"sold_out"`
}

// groupJSON may stand in several items, under its name in the file.
type groupJSON struct {
	Name    string       `json:"name"`
	Min     int32        `json:"min"`
	Max     int32        `json:"max"`
	Options []optionJSON `json:"options"`
}

type optionJSON struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Price int64  `json:"price"`
}

func (r restaurantJSON) read(groups map[string]groupJSON) (Restaurant, error) {
	opening, err := openingHours(r.Hours)
	if err != nil {
		return Restaurant{}, err
	}
	restaurant := Restaurant{
		Profile: &restaurantv1.Profile{
			Name: r.Name, Description: r.Description, Cuisines: r.Cuisines, Image: r.Image, Address: r.Address,
			Location:           &typev1.Location{Latitude: r.Latitude, Longitude: r.Longitude},
			PreparationMinutes: r.Preparation,
		},
		Hours: opening,
		Terms: &restaurantv1.DeliveryTerms{RadiusMeters: r.Radius, Fee: euros(r.Fee), MinimumOrder: euros(r.MinimumOrder)},
	}
	for i, written := range r.Items {
		item, err := written.read(int32(i+1), groups)
		if err != nil {
			return Restaurant{}, fmt.Errorf("%s: %w", written.Name, err)
		}
		restaurant.Items = append(restaurant.Items, item)
	}
	return restaurant, nil
}

func (i itemJSON) read(rank int32, groups map[string]groupJSON) (Item, error) {
	item := &typev1.MenuItem{
		Name: i.Name, Description: i.Description, Section: i.Section, Rank: rank, Price: euros(i.Price), Image: i.Image,
		Vegetarian: i.Vegetarian || i.Vegan, Vegan: i.Vegan, Spiciness: i.Spiciness,
	}
	for _, name := range i.Allergens {
		allergen, ok := typev1.Allergen_value["ALLERGEN_"+name]
		if !ok || allergen == 0 {
			return Item{}, fmt.Errorf("%q is no allergen", name)
		}
		item.Allergens = append(item.Allergens, typev1.Allergen(allergen))
	}
	for _, id := range i.OptionGroups {
		written, ok := groups[id]
		if !ok {
			return Item{}, fmt.Errorf("there is no option group %q", id)
		}
		item.OptionGroups = append(item.OptionGroups, written.read(id))
	}
	return Item{MenuItem: item, SoldOut: i.SoldOut}, nil
}

func (g groupJSON) read(id string) *typev1.OptionGroup {
	group := &typev1.OptionGroup{GroupId: id, Name: g.Name, MinChoices: g.Min, MaxChoices: g.Max}
	for _, o := range g.Options {
		group.Options = append(group.Options, &typev1.Option{OptionId: o.ID, Name: o.Name, PriceDifference: o.Price})
	}
	return group
}

func euros(cents int64) *typev1.Money {
	return &typev1.Money{CurrencyCode: Currency, MinorUnits: cents}
}
