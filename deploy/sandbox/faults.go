package sandbox

import (
	"math/rand/v2"
	"sync"
)

// fault is what goes wrong with one request.
type fault int

const (
	none fault = iota
	// refuse answers 503 and does nothing; fail does it and answers 500; hang does it and never answers; cut does it and
	// breaks the connection.
	refuse
	fail
	hang
	cut
)

// faults are drawn at a rate, from a seed.
type faults struct {
	rate float64
	mu   sync.Mutex
	rand *rand.Rand
}

func newFaults(rate float64, seed uint64) *faults {
	return &faults{rate: rate, rand: rand.New(rand.NewPCG(seed, seed))}
}

// roll says whether something is to go wrong.
func (f *faults) roll() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.rand.Float64() < f.rate
}

// draw says what is to go wrong with a request.
func (f *faults) draw() fault {
	if !f.roll() {
		return none
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return refuse + fault(f.rand.IntN(int(cut)))
}
