package streets

import "math"

// Way is how one gets from one place to another.
type Way struct {
	corners []point
	from    Place
	to      Place
}

// Between is the way that the pages draw, too: along one street, across on a second, and along a third.
func Between(from, to Place) Way {
	a, b := from.onPlane(), to.onPlane()
	middle := math.Round((a.x+b.x)/2/block) * block
	return Way{corners: []point{a, {middle, a.y}, {middle, b.y}, b}, from: from, to: to}
}

// Metres is how long the way is.
func (w Way) Metres() float64 {
	sum := 0.0
	for i := 1; i < len(w.corners); i++ {
		sum += apart(w.corners[i-1], w.corners[i])
	}
	return sum
}

// After is where one is after so many metres: at the start before the first, at the end beyond the last.
func (w Way) After(metres float64) Place {
	if metres <= 0 {
		return w.from
	}
	for i := 1; i < len(w.corners); i++ {
		a, b := w.corners[i-1], w.corners[i]
		long := apart(a, b)
		if metres < long {
			return point{a.x + (b.x-a.x)*metres/long, a.y + (b.y-a.y)*metres/long}.place()
		}
		metres -= long
	}
	return w.to
}

// Off is the place that lies so many metres off along the one and the other direction of streets.
func (p Place) Off(along, across float64) Place {
	at := p.onPlane()
	return point{at.x + along, at.y + across}.place()
}

func apart(a, b point) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }
