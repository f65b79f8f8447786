package city

// Habits are how often people do what need not be, each from 0 to 1.
type Habits struct {
	// Of those who order. Odd cards answer late, twice or not at all, and are good.
	Tips, Notes, CancelsEarly, CancelsLate, BadCard, OddCard float64
	// Of kitchens, for each ticket. Silent: it says nothing at all. Forgets: it says yes, and nothing more.
	Rejects, SoldOut, Silent, Forgets, Delays float64
	// Of couriers, for each offer or delivery. Ignores: the offer expires. Vanishes: goes off before the pick-up. Fails: has the
	// food, and can't bring it. Loses: goes off with the food.
	Declines, Ignores, GivesBack, Vanishes, Fails, Loses float64
}

// Gentle are the habits of a town where little goes wrong.
func Gentle() Habits {
	return Habits{
		Tips: 0.6, Notes: 0.2, CancelsEarly: 0.01, CancelsLate: 0.01, BadCard: 0.01,
		Rejects: 0.01, SoldOut: 0.005, Delays: 0.08, Declines: 0.05, Ignores: 0.02, GivesBack: 0.005, Fails: 0.002,
	}
}

// Rough are the habits of a town where everything goes wrong that can: at level 1 about a third of all orders meets something.
func Rough(level float64) Habits {
	part := func(p float64) float64 { return min(1, p*level) }
	return Habits{
		Tips: 0.6, Notes: 0.2, CancelsEarly: part(0.04), CancelsLate: part(0.05), BadCard: part(0.04), OddCard: part(0.1),
		Rejects: part(0.03), SoldOut: part(0.01), Silent: part(0.01), Forgets: part(0.01), Delays: part(0.1),
		Declines: part(0.1), Ignores: part(0.05), GivesBack: part(0.03), Vanishes: part(0.01), Fails: part(0.03), Loses: part(0.003),
	}
}
