package dispatch

import "time"

// Policy is how long things may take. All of it shrinks by one factor.
type Policy struct {
	// Offer is how long a courier may think about one.
	Offer time.Duration
	// Search is how long somebody is looked for, from the request or from when the last courier was lost.
	Search time.Duration
	// Again and AgainAtMost are the first and the longest pause before looking again when nobody is near; it doubles.
	Again, AgainAtMost time.Duration
	// Forgiven is how long after an offer, or after a courier was lost, the same courier may be asked again.
	Forgiven time.Duration
	// Unclear is how long it is waited for word of an offer that is said not to be open.
	Unclear time.Duration
}

// NewPolicy returns the policy of a city whose time runs faster by the factor.
func NewPolicy(factor float64) Policy {
	scaled := func(d time.Duration) time.Duration { return time.Duration(float64(d) / factor) }
	return Policy{
		Offer: scaled(30 * time.Second), Search: scaled(10 * time.Minute), Again: scaled(5 * time.Second),
		AgainAtMost: scaled(30 * time.Second), Forgiven: scaled(30 * time.Minute), Unclear: scaled(30 * time.Second),
	}
}
