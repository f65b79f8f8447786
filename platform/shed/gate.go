package shed

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/metric"
	"golang.org/x/sync/semaphore"

	"tiffin/platform/problem"
)

// Options of a gate. The zero value lets nothing through.
type Options struct {
	// AtOnce is how many are worked on at the same time; Waiting how many more may wait for their turn, each for as long as
	// Patience at most.
	AtOnce, Waiting int
	Patience        time.Duration
	// Meter counts what is turned away; nil: nobody does. Name is what it is counted as.
	Meter metric.MeterProvider
	Name  string
}

// Gate bounds how much is done at once. It is safe for concurrent use.
type Gate struct {
	o       Options
	slots   *semaphore.Weighted
	waiting atomic.Int64
	away    func(context.Context)
}

// New returns a gate that nobody has passed.
func New(o Options) (*Gate, error) {
	away, err := counter(o)
	return &Gate{o: o, slots: semaphore.NewWeighted(int64(o.AtOnce)), away: away}, err
}

// ErrOverloaded is what whoever is turned away hears.
var ErrOverloaded = problem.New(problem.Unavailable, "OVERLOADED", "there is more to do at the moment than can be done; please repeat in a moment")

// Enter waits for a place, and reports whether there is one; then Leave gives it back.
func (g *Gate) Enter(ctx context.Context) bool {
	if !g.slots.TryAcquire(1) && !g.wait(ctx) {
		g.away(ctx)
		return false
	}
	// What is at the door is looked at before any of it is worked on: a processor takes whoever has just become able to go on
	// before those that wait for their first turn, so that what there is no place for would wait as long as what there is.
	runtime.Gosched()
	return true
}

func (g *Gate) wait(ctx context.Context) bool {
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > int64(g.o.Waiting) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, g.o.Patience)
	defer cancel()
	return g.slots.Acquire(ctx, 1) == nil
}

// Leave gives a place back.
func (g *Gate) Leave() { g.slots.Release(1) }
