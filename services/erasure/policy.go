package erasure

import (
	"time"

	"tiffin/platform/seal"
)

// Policy is how long things may take.
type Policy struct {
	// Orders is how long open orders are waited for.
	Orders time.Duration
	// Memory is how long a process may remember a destroyed key. It is no time of people's, and does not shrink with theirs.
	Memory time.Duration
}

// NewPolicy returns the policy of a city whose time runs faster by the factor.
func NewPolicy(factor float64) Policy {
	return Policy{Orders: time.Duration(float64(24*time.Hour) / factor), Memory: 2 * seal.Remembered}
}
