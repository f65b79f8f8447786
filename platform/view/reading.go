package view

import (
	"context"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/platform/problem"
)

// serving is what readers of this process are served from.
type serving struct {
	generation int
	documents  *mongo.Collection
	// attended is when this process last said that it reads the generation; zero: it has never said so.
	attended time.Time
	// parked is how many documents stand behind faults, and astray whether any other may.
	parked int
	astray bool
	// position is how far this process has told that it is.
	position uint64
}

func (v *View[D]) served() serving {
	v.mu.Lock()
	defer v.mu.Unlock()
	return serving{v.generation, v.documents, v.attended, v.at.Parked, len(v.at.Subjects) > 0, v.at.Position}
}

// safe reports whether what was read until now was there: it is dropped no sooner than Options.Grace after the last sign of a
// reader's life. Half of that is left to clocks that run at another pace.
func (v *View[D]) safe(s serving) bool {
	return s.attended.IsZero() || time.Since(s.attended) < v.o.Grace/2
}

// read calls do with what is served, while the database is as far as this process has told. Where this process was silent for so
// long, as one that was stopped and went on, that the documents may have been dropped beneath it, it looks at what is served now,
// and reads again.
func (v *View[D]) read(ctx context.Context, do func(serving) error) error {
	return tellAway(ctx, v.onwards(ctx, func() error { return v.readServed(ctx, do) }))
}

func (v *View[D]) readServed(ctx context.Context, do func(serving) error) error {
	s := v.served()
	err := do(s)
	if v.safe(s) {
		return err
	}
	if _, err := v.attend(ctx); err != nil {
		return err
	}
	if s = v.served(); v.safe(s) {
		if err := do(s); v.safe(s) {
			return err
		}
	}
	return problem.New(problem.Unavailable, "VIEW_AWAY", "this was away for a while; please repeat in a moment")
}

// attend says that this process reads the view, and takes over what it learns by that.
func (v *View[D]) attend(ctx context.Context) (checkpoint, error) {
	v.looking.Lock() // what was read later is taken over later
	defer v.looking.Unlock()
	now := time.Now() // before it is said
	c, err := v.lease.attend(ctx)
	if err != nil {
		return c, err
	}
	v.change(func() {
		if v.active && v.generation != c.Generations.live() {
			return // it has switched meanwhile, and knows better
		}
		if c.Epoch > 0 {
			v.attended = now
		}
		v.turnTo(c)
	})
	return c, nil
}

// look takes over what the checkpoint tells. It says that this process reads the view where that is due, or where another
// generation is served: what is read then was there after it was said.
func (v *View[D]) look(ctx context.Context) (checkpoint, error) {
	s := v.served()
	if time.Since(s.attended) >= v.o.LeaseTTL/4 {
		return v.attend(ctx)
	}
	c, err := v.glance(ctx, s.generation)
	if err == nil && c.Generations.live() != s.generation {
		return v.attend(ctx)
	}
	return c, err
}

func (v *View[D]) glance(ctx context.Context, number int) (checkpoint, error) {
	v.looking.Lock()
	defer v.looking.Unlock()
	c, err := v.lease.read(ctx)
	if err == nil && c.Generations.live() == number {
		v.change(func() { v.turnTo(c) })
	}
	return c, err
}

// turnTo serves the generation that the checkpoint tells of, and what it tells of it, from now on. The lock is held.
func (v *View[D]) turnTo(c checkpoint) {
	if !v.active {
		v.show(c.Generations.live())
		v.resume(c.Progress) // lower than before only where the database was reset
	}
}

// show serves a generation from now on, and lets whoever watches look again. The lock is held.
func (v *View[D]) show(number int) {
	if number != v.generation {
		v.generation, v.documents = number, v.db.Collection(collectionOf(v.spec.Name, v.spec.Version, number))
		v.watchers.wakeAll()
	}
}
