package arrival

import (
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/geo"
)

// Rules are the figures that estimates are made with. The times shrink by the city's one factor.
type Rules struct {
	factor float64
	// pickUp and handOver are what a courier needs at the counter and at the door.
	pickUp, handOver time.Duration
	// search is how long it takes until a courier who is still to be found is at the restaurant.
	search time.Duration
	// overdue is how much longer a kitchen may need that should have been ready.
	overdue time.Duration
	// margin is how wrong the rest may be at least.
	margin time.Duration
	// fresh is how long a courier's place says something about where the courier is.
	fresh time.Duration
	// fine and coarse are what times are rounded to: near ones to the minute, others to five.
	fine, coarse, near time.Duration
}

const (
	// detour is how much longer streets are than the crow's way.
	detour = 1.4
	// doubt is which part of the time that is left may be wrong.
	doubt = 0.1
)

// speeds are metres a second through a city, stops at lights included: 15, 22 and 20 kilometres an hour.
var speeds = map[customerv1.Vehicle]float64{
	customerv1.Vehicle_BICYCLE: 15 / 3.6, customerv1.Vehicle_SCOOTER: 22 / 3.6, customerv1.Vehicle_CAR: 20 / 3.6,
}

// NewRules returns the rules of a city whose time runs faster by the factor.
func NewRules(factor float64) Rules {
	scaled := func(d time.Duration) time.Duration { return time.Duration(float64(d) / factor) }
	return Rules{
		factor: factor, pickUp: scaled(2 * time.Minute), handOver: scaled(2 * time.Minute), search: scaled(6 * time.Minute),
		overdue: scaled(5 * time.Minute), margin: scaled(time.Minute), fresh: scaled(2 * time.Minute),
		fine: scaled(time.Minute), coarse: scaled(5 * time.Minute), near: scaled(20 * time.Minute),
	}
}

// ride is how long a vehicle takes; one that is not known is a bicycle.
func (r Rules) ride(from, to geo.Point, v customerv1.Vehicle) time.Duration {
	speed, known := speeds[v]
	if !known {
		speed = speeds[customerv1.Vehicle_BICYCLE]
	}
	return time.Duration(geo.Distance(from, to) * detour / speed / r.factor * float64(time.Second))
}
