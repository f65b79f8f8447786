package fulfilment

import "time"

// Policy is how long things may take. All of it shrinks by one factor.
type Policy struct {
	// Authorization is how long the card processor may take before the order is given up.
	Authorization time.Duration
	// Answer is how long a restaurant may say nothing.
	Answer time.Duration
	// Cooking is how much later than the restaurant said the food may be ready.
	Cooking time.Duration
	// Collection is how long a courier may let food wait that is ready.
	Collection time.Duration
	// Couriers is how many may vanish before the order is given up.
	Couriers int
	// Arrival is how long a courier may have the food.
	Arrival time.Duration
}

// NewPolicy returns the policy of a city whose time runs faster by the factor.
func NewPolicy(factor float64) Policy {
	scaled := func(d time.Duration) time.Duration { return time.Duration(float64(d) / factor) }
	return Policy{
		Authorization: scaled(10 * time.Minute), Answer: scaled(5 * time.Minute), Cooking: scaled(time.Hour),
		Collection: scaled(15 * time.Minute), Couriers: 2, Arrival: scaled(2 * time.Hour),
	}
}
