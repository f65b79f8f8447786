package nemesis

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"tiffin/bench/torture/cluster"
)

// Options of a nemesis; those that are 0 have defaults.
type Options struct {
	// Seed decides every choice.
	Seed uint64
	// AtOnce is how many faults a round has at most; 4.
	AtOnce int
	// Least and Most are how long what is not over at once lasts; 500 ms and 3 s. Some kinds last twice as long.
	Least, Most time.Duration
	// Late is how late a slow connection answers at most; 400 ms.
	Late time.Duration
	// Skew is how far a clock may be off; 10 s.
	Skew time.Duration
	// Patience is how long a round waits for the cluster to be well again before the next begins; 30 s.
	Patience time.Duration
}

func (o Options) filled() Options {
	or := func(given *time.Duration, usual time.Duration) {
		if *given <= 0 {
			*given = usual
		}
	}
	or(&o.Least, 500*time.Millisecond)
	or(&o.Most, 3*time.Second)
	or(&o.Late, 400*time.Millisecond)
	or(&o.Skew, 10*time.Second)
	or(&o.Patience, 30*time.Second)
	if o.AtOnce <= 0 {
		o.AtOnce = 4
	}
	return o
}

// Nemesis is at work on one cluster.
type Nemesis struct {
	o       Options
	cluster *cluster.Cluster
	weapons []weapon
	rand    *rand.Rand

	mu   sync.Mutex
	done []Fault
}

// New returns a nemesis of the cluster, which has done nothing yet.
func New(c *cluster.Cluster, o Options) *Nemesis {
	o = o.filled()
	return &Nemesis{o: o, cluster: c, weapons: arsenal(c, o), rand: rand.New(rand.NewPCG(o.Seed, o.Seed))}
}

// Done are the faults that were injected so far.
func (n *Nemesis) Done() []Fault {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]Fault(nil), n.done...)
}

// Run injects faults, round after round, until ctx ends. All of them are taken back when it returns.
func (n *Nemesis) Run(ctx context.Context) {
	for round := 1; ctx.Err() == nil; round++ {
		n.round(ctx, round)
	}
}

// planned is a blow of a round.
type planned struct {
	weapon
	blow
	after time.Duration
}

// spread is how late in a round a fault may begin.
const spread = time.Second

// plan decides on a round's faults: the same seed, the same plan.
func (n *Nemesis) plan() []planned {
	hit := map[string]bool{}
	var out []planned
	for range 1 + n.rand.IntN(n.o.AtOnce) {
		w, ok := choose(n.rand, n.weapons, hit)
		if !ok {
			break
		}
		hit[w.crowd] = true
		out = append(out, planned{w, w.aim(n.rand), between(n.rand, 0, spread)})
	}
	return out
}

func (n *Nemesis) round(ctx context.Context, round int) {
	plan := n.plan()
	faults := make([]Fault, len(plan))
	var all sync.WaitGroup
	for i, p := range plan {
		all.Go(func() { faults[i] = inject(ctx, round, p) })
	}
	all.Wait()
	healed := time.Now()
	waiting, cancel := context.WithTimeout(ctx, n.o.Patience)
	defer cancel()
	err := n.cluster.AwaitWell(waiting)
	took := time.Since(healed)
	if err != nil {
		took = 0
		if ctx.Err() == nil {
			slog.WarnContext(ctx, "the cell is not well yet, and the next round begins", "round", round, "error", err)
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, f := range faults {
		if !f.Began.IsZero() {
			f.Well = took
			n.done = append(n.done, f)
		}
	}
}

// inject strikes and takes it back. What was not struck when ctx ended has no beginning.
func inject(ctx context.Context, round int, p planned) Fault {
	f := Fault{Kind: p.kind, Target: p.target, Detail: p.detail, Round: round}
	if !passed(ctx, p.after) {
		return f
	}
	f.Began = time.Now()
	slog.InfoContext(ctx, "fault", "round", round, "is", f.String(), "lasts", p.lasts.Round(time.Millisecond))
	if err := p.strike(); err != nil {
		f.Trouble = err.Error()
	}
	passed(ctx, p.lasts)
	if err := p.heal(); err != nil {
		f.Trouble += err.Error()
	}
	f.Healed = time.Now()
	if f.Trouble != "" {
		slog.ErrorContext(ctx, "a fault could not be injected, or taken back, as it should be", "fault", f.String(), "error", f.Trouble)
	}
	return f
}

// passed waits; false: ctx ended before.
func passed(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
