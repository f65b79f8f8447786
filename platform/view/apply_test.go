package view

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"pgregory.net/rapid"

	"tiffin/platform/mongolite/mongotest"
)

var errCrash = errors.New("crash")

// replica is one projector of the property: it may be a zombie whose lease is long gone.
type replica struct {
	lease   lease
	applier *applier[trail]
}

// world is one run of the property: a log, a database, two replicas that get into each other's way.
type world struct {
	*rapid.T
	ctx      context.Context
	db       *mongo.Database
	spec     Spec[trail]
	log      []Event
	replicas [2]*replica
	nested   bool
	// promised is the furthest checkpoint that was seen.
	promised uint64
}

// hooked is a store in which anything may happen around every write.
type hooked struct {
	store[trail]
	w    *world
	self int
}

func (w *world) happens(self int) error {
	switch rapid.IntRange(0, 7).Draw(w.T, "happens") {
	case 7: // small numbers are drawn more often
		return errCrash
	case 0, 1, 2, 3:
		if !w.nested {
			w.nested = true
			for range rapid.IntRange(1, 3).Draw(w.T, "steps of the other") {
				w.step(1 - self)
			}
			w.nested = false
		}
	}
	return nil
}

func (h hooked) write(ctx context.Context, changes []change) error {
	if err := h.w.happens(h.self); err != nil {
		return err
	}
	if rapid.IntRange(0, 7).Draw(h.w.T, "half") == 7 {
		var some []change
		for _, c := range changes {
			if rapid.Bool().Draw(h.w.T, "written") {
				some = append(some, c)
			}
		}
		if err := h.store.write(ctx, some); err != nil {
			return err
		}
		return errCrash
	}
	if err := h.store.write(ctx, changes); err != nil {
		return err
	}
	return h.w.happens(h.self)
}

func (h hooked) move(ctx context.Context, epoch, from uint64, p progress) error {
	if err := h.w.happens(h.self); err != nil {
		return err
	}
	if err := h.store.move(ctx, epoch, from, p); err != nil {
		return err
	}
	return h.w.happens(h.self)
}

func once(_ context.Context, _ string, do func() error) error { return do() }

func (w *world) open(r *replica, wrap func(store[trail]) store[trail]) {
	seen, err := r.lease.read(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	took, err := r.lease.take(w.ctx, seen)
	if err != nil || !took {
		w.Fatal("lease not taken", err)
	}
	now, err := r.lease.read(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	r.applier = &applier[trail]{
		spec: w.spec, epoch: now.Epoch, at: now.Progress, retry: once,
		store: wrap(mongoStore[trail]{documents: w.db.Collection(w.spec.collection()), lease: r.lease}),
	}
}

// step lets one replica take over, or apply a batch of any size, repeats included.
func (w *world) step(i int) {
	r := w.replicas[i]
	if r.applier == nil || rapid.IntRange(0, 7).Draw(w.T, "take over") == 7 {
		w.open(r, func(s store[trail]) store[trail] { return hooked{store: s, w: w, self: i} })
		return
	}
	a := r.applier
	next := 0
	for next < len(w.log) && w.log[next].Position <= a.at.Position {
		next++
	}
	from := max(0, next-rapid.IntRange(0, 2).Draw(w.T, "repeats"))
	to := min(len(w.log), next+6-rapid.IntRange(0, 6).Draw(w.T, "less than a full batch"))
	out, err := a.apply(w.ctx, w.log[from:to], uint64(len(w.log)-to))
	if err != nil {
		if !errors.Is(err, errCrash) && !errors.Is(err, errFenced) {
			w.Fatal(err)
		}
		if r.applier == a {
			r.applier = nil
		}
		return
	}
	if out.fault != nil {
		w.Fatal(out.fault)
	}
}

func drawLog(t *rapid.T) []Event {
	var log []Event
	var at uint64
	for range rapid.IntRange(1, 25).Draw(t, "events") {
		at += rapid.Uint64Range(1, 3).Draw(t, "gap")
		order := rapid.SampledFrom([]string{"order 1", "order 2", "order 3"}).Draw(t, "order")
		restaurant := rapid.SampledFrom([]string{"restaurant 1", "restaurant 2"}).Draw(t, "restaurant")
		if rapid.IntRange(0, 4).Draw(t, "kind") == 0 {
			log = append(log, event(at, order, completed(restaurant)))
		} else {
			log = append(log, event(at, order, cancelled(restaurant, fmt.Sprint("because ", at))))
		}
	}
	return log
}

// Whatever happens to two projectors, documents equal one clean replay.
func TestDocumentsEqualOneCleanReplay(t *testing.T) {
	db, run := mongotest.Database(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		w := &world{T: rt, ctx: t.Context(), db: db, spec: trails(fmt.Sprintf("run%d", run)), log: drawLog(rt)}
		for i := range w.replicas {
			w.replicas[i] = &replica{lease: lease{
				collection: db.Collection(checkpoints), id: w.spec.collection(), holder: fmt.Sprint("replica ", i),
			}}
		}
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			w.step(rapid.IntRange(0, 1).Draw(rt, "replica"))
			w.requireFolds()
		}
		survivor := &replica{lease: w.replicas[0].lease}
		w.open(survivor, func(s store[trail]) store[trail] { return s })
		if _, err := survivor.applier.apply(w.ctx, w.log, 0); err != nil {
			rt.Fatal(err)
		}
		last := w.log[len(w.log)-1].Position
		if diff := cmp.Diff(w.replay(last), stored(w.ctx, rt, db.Collection(w.spec.collection()))); diff != "" {
			rt.Fatalf("documents differ from a clean replay: %s", diff)
		}
		if got := survivor.applier.at; got.Position != last || got.Domains["ordering"] != last || !got.CaughtUp {
			rt.Fatalf("checkpoint is %+v, want %d", got, last)
		}
	})
}

// replay folds the log up to a position without any store.
func (w *world) replay(upTo uint64) map[string]Document[trail] {
	return replayed(w, w.spec, w.log, upTo)
}

// requireFolds checks, amid everything, that each document is the fold of the log up to its position, and that none lags
// behind the checkpoint.
func (w *world) requireFolds() {
	c, err := w.replicas[0].lease.read(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	if c.Progress.Position < w.promised {
		w.Fatalf("checkpoint went back from %d to %d", w.promised, c.Progress.Position)
	}
	w.promised = c.Progress.Position
	documents := stored(w.ctx, w.T, w.db.Collection(w.spec.collection()))
	for id, d := range documents {
		if diff := cmp.Diff(w.replay(d.Position)[id], d); diff != "" {
			w.Fatalf("document %q is not the fold of the log up to %d: %s", id, d.Position, diff)
		}
	}
	for id, d := range w.replay(c.Progress.Position) {
		if documents[id].Position < d.Position {
			w.Fatalf("checkpoint %d promises %q at %d, it is at %d", c.Progress.Position, id, d.Position, documents[id].Position)
		}
	}
}
