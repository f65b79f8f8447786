package view

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"pgregory.net/rapid"

	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/mongolite/mongotest"
)

func drawLog(t *rapid.T, astray bool) []Event {
	var log []Event
	var at uint64
	for range rapid.IntRange(1, 25).Draw(t, "events") {
		at += rapid.Uint64Range(1, 3).Draw(t, "gap")
		order := rapid.SampledFrom([]string{"order 1", "order 2", "order 3"}).Draw(t, "order")
		restaurant := rapid.SampledFrom([]string{"restaurant 1", "restaurant 2"}).Draw(t, "restaurant")
		switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
		case kind < 2:
			log = append(log, event(at, order, completed(restaurant)))
		case kind == 9:
			log = append(log, event(at, order, cancelled(restaurant, "poison")))
		case kind == 8:
			log = append(log, event(at, order, cancelled(restaurant, "odd poison")))
		case kind == 7 && astray:
			log = append(log, event(at, order, cancelled(restaurant, "nowhere")))
		default:
			log = append(log, event(at, order, cancelled(restaurant, fmt.Sprint("because ", at))))
		}
	}
	return log
}

// Whatever happens to two projectors, on code that can't process some events and is fixed in the end: what is parked holds up
// nothing else, and once it was resubmitted, documents equal one clean replay by the fixed code.
func TestDocumentsEqualOneCleanReplay(t *testing.T) {
	db, run := mongotest.Database(t), 0
	nc := hubtest.Connect(t)
	decoder := eventlogtest.On(t, nc)
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		run++
		astray := rapid.Bool().Draw(rt, "astray")
		w := &world{
			T: rt, ctx: t.Context(), db: db, store: faults, decoder: decoder, name: fmt.Sprintf("run%d", run), astray: astray,
			log: drawLog(rt, astray),
		}
		for i := range w.replicas {
			r := &release{}
			r.fixed.Store(rapid.IntRange(0, 3).Draw(rt, "fixed") == 3)
			w.replicas[i] = w.newReplica(i, r)
		}
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			w.step(rapid.IntRange(0, 1).Draw(rt, "replica"))
			w.requireFolds()
		}
		w.end()
	})
}

// end lets fixed code apply what is left, and resubmit what is parked.
func (w *world) end() {
	w.calm = true
	r := &release{}
	r.fixed.Store(true)
	survivor := w.newReplica(2, r)
	w.open(survivor, w.store, func(s store[trail]) store[trail] { return s })
	a := survivor.applier
	if _, err := a.apply(w.ctx, w.log, 0); err != nil {
		w.Fatal(err)
	}
	for id, tries := w.someFault(), 0; id != ""; id, tries = w.someFault(), tries+1 {
		if tries > 100 {
			w.Fatalf("%s can't be resolved", id)
		}
		if err := w.resubmit(a, id, false); err != nil {
			w.Fatal(err)
		}
	}
	last := w.log[len(w.log)-1].Position
	if diff := cmp.Diff(w.replay(last), stored(w.ctx, w.T, w.documents(w.checkpoint().Generations.live()))); diff != "" {
		w.Fatalf("documents differ from a clean replay: %s", diff)
	}
	if got := a.at; got.Position != last || got.Domains["ordering"] != last || !got.CaughtUp || got.Parked != 0 || len(got.Subjects) != 0 {
		w.Fatalf("checkpoint is %+v, want %d", got, last)
	}
	w.requireCleared(survivor.tenant)
}

// requireCleared requires that of all that was built nothing is left but what is served, or is being built, after a while.
func (w *world) requireCleared(t *tenant[trail]) {
	t.v.o.Grace = 0
	for range 2 {
		if err := t.clearGenerations(w.ctx, time.Now()); err != nil {
			w.Fatal(err)
		}
	}
	there, err := w.db.ListCollectionNames(w.ctx, bson.D{{Key: "name", Value: bson.D{{Key: "$regex", Value: "^" + w.name + "_v1"}}}})
	if err != nil {
		w.Fatal(err)
	}
	g := w.checkpoint().Generations
	for _, name := range there {
		if name != collectionOf(w.name, 1, g.live()) && (g.Next == nil || name != collectionOf(w.name, 1, g.Next.Number)) {
			w.Fatalf("%s is left of %s", name, g)
		}
	}
}

// replay folds the log up to a position without any store.
func (w *world) replay(upTo uint64) map[string]Document[trail] {
	return replayed(w, fixed(w.name), w.log, upTo)
}

// requireFolds checks, amid everything, that each document is the fold of the log up to its position, that none lags behind
// the checkpoint but what stands behind a fault, and that all of what it lacks is parked.
func (w *world) requireFolds() {
	c := w.checkpoint()
	if c.Progress.Position < w.promised {
		w.Fatalf("checkpoint went back from %d to %d", w.promised, c.Progress.Position)
	}
	w.promised = c.Progress.Position
	if w.astray { // until they are routed, nothing is said of any document but that it is stale
		return
	}
	for i, r := range w.replicas {
		if s := r.view.served(); s.documents != nil {
			w.requireServed(fmt.Sprint("replica ", i), s.documents, r.view.position())
		}
	}
	if next := c.Generations.Next; next != nil {
		w.requireServed("the next generation", w.documents(next.Number), next.Progress.Position)
	}
	documents := stored(w.ctx, w.T, w.documents(c.Generations.live()))
	behind := 0
	for id, d := range documents {
		span := d.Parked
		if d.Parked = nil; span != nil && d.Position == 0 {
			continue
		}
		if diff := cmp.Diff(w.replay(d.Position)[id], d); diff != "" {
			w.Fatalf("document %q is not the fold of the log up to %d: %s", id, d.Position, diff)
		}
	}
	for id, d := range w.replay(c.Progress.Position) {
		span := documents[id].Parked
		if span == nil {
			if documents[id].Position < d.Position {
				w.Fatalf("checkpoint %d promises %q at %d, it is at %d", c.Progress.Position, id, d.Position, documents[id].Position)
			}
			continue
		}
		if span.From <= c.Progress.Position {
			behind++
		}
		w.requireParked(id, *span, c.Progress.Position)
	}
	if c.Progress.Parked < behind {
		w.Fatalf("checkpoint %d tells of %d documents behind faults, there are %d", c.Progress.Position, c.Progress.Parked, behind)
	}
}

// requireServed requires that documents are as far as whoever serves them says, or stand behind a fault.
func (w *world) requireServed(who string, from *mongo.Collection, upTo uint64) {
	documents := stored(w.ctx, w.T, from)
	for id, want := range w.replay(upTo) {
		if d := documents[id]; d.Position < want.Position && d.Parked == nil {
			w.Fatalf("%s says of %s that it is at %d, and %q is at %d instead of %d", who, from.Name(), upTo, id, d.Position, want.Position)
		}
	}
	for id, d := range documents {
		if parked := d.Parked; parked != nil && d.Position == 0 {
			continue
		}
		d.Parked = nil
		if diff := cmp.Diff(w.replay(d.Position)[id], d); diff != "" {
			w.Fatalf("of %s document %q is not the fold of the log up to %d: %s", from.Name(), id, d.Position, diff)
		}
	}
}

func (w *world) requireParked(id string, span Span, upTo uint64) {
	before := w.replay(span.From - 1)[id].Position
	if got := stored(w.ctx, w.T, w.documents(w.checkpoint().Generations.live()))[id].Position; got < before {
		w.Fatalf("%q stands behind %d, and could be at %d: it is at %d", id, span.From, before, got)
	}
	entries, err := w.store.Sequence(w.ctx, fault.ID(w.consumer(), fault.Key{Kind: fault.Document, ID: id}))
	if err != nil {
		w.Fatal(err)
	}
	parked := map[uint64]bool{}
	for _, e := range entries {
		parked[e.Event.Position] = true
	}
	for _, e := range w.log {
		ids, err := fixed(w.name).route(&e)
		if err != nil {
			w.Fatal(err)
		}
		if e.Position >= span.From && e.Position <= upTo && slices.Contains(ids, id) && !parked[e.Position] {
			w.Fatalf("%q stands behind %d, and %d is not parked", id, span.From, e.Position)
		}
	}
}
