package restaurants

import "tiffin/bff/customer/restaurant"

// Document is one restaurant as a search finds it.
type Document struct {
	restaurant.Restaurant `bson:",inline"`
	// Items are kept so that the words can be made anew when one changes.
	Items []Item `bson:"items"`
	// Words of name, description, cuisines and items, folded.
	Words []string `bson:"words"`
	// Cells that the delivery area touches.
	Cells []string `bson:"cells"`
}

// Item is what a search knows of one dish.
type Item struct {
	ItemID string `bson:"item_id"`
	Name   string `bson:"name"`
}
