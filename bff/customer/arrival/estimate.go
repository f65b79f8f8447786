package arrival

import (
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/geo"
)

// Trip is what is known of an order that is still to arrive. The restaurant has accepted it.
type Trip struct {
	Restaurant, Door geo.Point
	// FirstReadyAt is when the restaurant said at first that the food is ready, ReadyAt when it says so now.
	FirstReadyAt, ReadyAt time.Time
	// Ready: the food waits for the courier.
	Ready bool
	// PickedUpAt is when the courier got the food; zero: not yet.
	PickedUpAt time.Time
	// Courier: somebody has taken it on, by this vehicle.
	Courier bool
	Vehicle customerv1.Vehicle
	// At is where the courier was at Seen; nil: that is not known.
	At   geo.Point
	Seen time.Time
}

// Estimate is a span of time at whose end the order should be there.
type Estimate struct {
	Earliest, Latest time.Time
	// Promised is when it was to be there at the latest, by what was known as the restaurant accepted.
	Promised time.Time
	// Late: it is expected later than that.
	Late bool
}

// Estimate says when the order is expected. Food that was picked up takes the ride from where the courier is, or, where that
// is not known, from the restaurant since the pick-up. Food that was not is picked up when both it and a courier are there.
// The span is as wide as what is not known: a courier who is still to be found, a kitchen that is overdue, a long way.
func (r Rules) Estimate(t Trip, now time.Time) Estimate {
	expected, unsure := r.onTheWay(t, now), time.Duration(0)
	if t.PickedUpAt.IsZero() {
		expected, unsure = r.toBePickedUp(t, now)
	}
	expected = later(expected, now)
	margin := r.margin + time.Duration(doubt*float64(expected.Sub(now)))
	step := r.coarse
	if expected.Sub(now) < r.near {
		step = r.fine
	}
	e := Estimate{
		Earliest: later(down(expected.Add(-margin), step), down(now, r.fine)),
		Latest:   up(expected.Add(margin+unsure), step), Promised: r.Promise(t),
	}
	e.Late = expected.After(e.Promised)
	return e
}

// Promise is when the order was to be there at the latest, by what was known as the restaurant accepted: what the kitchen
// said, a courier on a bicycle who is there a little later, and the way, rounded up.
func (r Rules) Promise(t Trip) time.Time {
	way := r.ride(t.Restaurant, t.Door, customerv1.Vehicle_BICYCLE)
	return up(t.FirstReadyAt.Add(r.search+r.pickUp+way+r.handOver), r.coarse)
}

func (r Rules) onTheWay(t Trip, now time.Time) time.Time {
	if r.knows(t, now) {
		return now.Add(r.ride(t.At, t.Door, t.Vehicle) + r.handOver)
	}
	return t.PickedUpAt.Add(r.ride(t.Restaurant, t.Door, t.Vehicle) + r.handOver)
}

func (r Rules) toBePickedUp(t Trip, now time.Time) (expected time.Time, unsure time.Duration) {
	ready := later(t.ReadyAt, now)
	switch {
	case t.Ready:
		ready = now
	case now.After(t.ReadyAt):
		unsure += r.overdue
	}
	there := now.Add(r.search)
	switch {
	case r.knows(t, now):
		there = now.Add(r.ride(t.At, t.Restaurant, t.Vehicle))
	case !t.Courier:
		unsure += r.search
	}
	return later(ready, there).Add(r.pickUp + r.ride(t.Restaurant, t.Door, t.Vehicle) + r.handOver), unsure
}

// knows reports whether it is known well enough where the courier is.
func (r Rules) knows(t Trip, now time.Time) bool {
	return t.Courier && t.At != nil && now.Sub(t.Seen) <= r.fresh
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func down(t time.Time, step time.Duration) time.Time { return t.Truncate(step) }

func up(t time.Time, step time.Duration) time.Time {
	if whole := t.Truncate(step); !whole.Equal(t) {
		return whole.Add(step)
	}
	return t
}
