package filter

import (
	"bytes"
	"slices"
)

// Compare orders two cuts.
func (c Cut) Compare(d Cut) int {
	n := min(len(c.Key), len(d.Key))
	if order := bytes.Compare(c.Key[:n], d.Key[:n]); order != 0 {
		return order
	}
	switch {
	case len(c.Key) < len(d.Key):
		return side(c.After)
	case len(c.Key) > len(d.Key):
		return -side(d.After)
	case c.After == d.After:
		return 0
	default:
		return side(c.After)
	}
}

// side of a shorter key's cut, seen from the longer keys that begin with it.
func side(after bool) int {
	if after {
		return 1
	}
	return -1
}

// Intersect gives the intervals that lie in both lists.
func Intersect(a, b []Interval) []Interval {
	out := []Interval{}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		from, to := a[i].From, a[i].To
		if from.Compare(b[j].From) < 0 {
			from = b[j].From
		}
		endsFirst := to.Compare(b[j].To) <= 0
		if !endsFirst {
			to = b[j].To
		}
		if from.Compare(to) < 0 {
			out = append(out, Interval{From: from, To: to, Point: a[i].Point || b[j].Point})
		}
		if endsFirst {
			i++
		} else {
			j++
		}
	}
	return out
}

// merge sorts intervals and joins those that touch.
func merge(intervals []Interval) []Interval {
	slices.SortFunc(intervals, func(a, b Interval) int { return a.From.Compare(b.From) })
	out := intervals[:0]
	for _, next := range intervals {
		if len(out) == 0 || out[len(out)-1].To.Compare(next.From) < 0 {
			out = append(out, next)
			continue
		}
		last := &out[len(out)-1]
		last.Point = last.Point && next.Point && last.To.Compare(next.To) == 0 && last.From.Compare(next.From) == 0
		if last.To.Compare(next.To) < 0 {
			last.To = next.To
		}
	}
	return out
}
