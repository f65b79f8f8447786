package popularity

// Document is the count of one restaurant.
type Document struct {
	RestaurantID string `bson:"restaurant_id"`
	// Orders that were neither rejected nor cancelled.
	Orders int64 `bson:"orders"`
}
