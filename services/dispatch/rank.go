package dispatch

import (
	"cmp"
	"slices"
	"time"

	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/geo"
)

// Candidate is a courier on shift, without a delivery or an open offer, whose whereabouts are known.
type Candidate struct {
	CourierID string
	At        *typev1.Location
	// FreeSince is when the courier started the shift or finished the last delivery.
	FreeSince time.Time
}

// The rule of who is asked first: the nearest to the pick-up, where each minute of waiting counts like FairMeters nearer, up
// to FairMetersAtMost; further away than NearMeters nobody is asked. So a courier round the corner gets the food while it is
// hot, and nobody stands by for ever because others stand a little nearer.
const (
	NearMeters       = 6000
	FairMeters       = 50
	FairMetersAtMost = 1500
)

// Rank returns the candidates that are near enough, whom to ask first in front.
func Rank(candidates []Candidate, pickUp *typev1.Location, now time.Time) []Candidate {
	type ranked struct {
		Candidate
		score float64
	}
	var near []ranked
	for _, c := range candidates {
		if away := geo.Distance(c.At, pickUp); away <= NearMeters {
			waited := max(0, now.Sub(c.FreeSince).Minutes())
			near = append(near, ranked{c, away - min(waited*FairMeters, FairMetersAtMost)})
		}
	}
	slices.SortFunc(near, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.CourierID, b.CourierID))
	})
	out := make([]Candidate, 0, len(near))
	for _, c := range near {
		out = append(out, c.Candidate)
	}
	return out
}
