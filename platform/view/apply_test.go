package view

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/mongolite/mongotest"
)

var errCrash = errors.New("crash")

// replica is one projector of the property, on a release of the code: it may be a zombie whose lease is long gone. It serves
// what it last knew of.
type replica struct {
	lease   lease
	spec    Spec[trail]
	release *release
	view    *View[trail]
	applier *applier[trail]
	// tenant rebuilds the view with a builder.
	tenant  *tenant[trail]
	builder *builder[trail]
	// switched: another generation is served than the applier applies to.
	switched bool
}

func (r *replica) end() {
	r.applier, r.tenant, r.builder, r.switched = nil, nil, nil, false
	r.view.change(func() { r.view.active = false })
}

// world is one run of the property: a log, a database, two replicas that get into each other's way.
type world struct {
	*rapid.T
	ctx      context.Context
	db       *mongo.Database
	store    *fault.Store
	decoder  *eventlog.Log
	name     string
	log      []Event
	replicas [2]*replica
	nested   bool
	// promised is the furthest checkpoint that was seen.
	promised uint64
	// astray: some events can't be routed.
	astray bool
	// calm: nothing happens any more.
	calm bool
	// asked is how often something was asked of the view.
	asked uint64
}

func (w *world) checkpoint() checkpoint {
	c, err := w.replicas[0].lease.read(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	return c
}

// consumer is the generation that is served.
func (w *world) consumer() fault.Consumer {
	return w.replicas[0].view.consumer(w.checkpoint().Generations.live())
}

// documents are those of a generation.
func (w *world) documents(number int) *mongo.Collection {
	return w.db.Collection(collectionOf(w.name, 1, number))
}

// hooked is a store in which anything may happen around every write.
type hooked struct {
	store[trail]
	w    *world
	self int
}

func (w *world) happens(self int) error {
	if w.calm {
		return nil
	}
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

// hookedFaults is a place for faults around which anything may happen, too.
type hookedFaults struct {
	faults
	w    *world
	self int
}

func (h hookedFaults) around(do func() error) error {
	if err := h.w.happens(h.self); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return h.w.happens(h.self)
}

func (h hookedFaults) Park(ctx context.Context, entries ...fault.Entry) error {
	for _, e := range entries {
		if err := h.around(func() error { return h.faults.Park(ctx, e) }); err != nil {
			return err
		}
	}
	return nil
}

func (h hookedFaults) Renew(ctx context.Context, e fault.Entry) error {
	return h.around(func() error { return h.faults.Renew(ctx, e) })
}

func (h hookedFaults) Drop(ctx context.Context, id string, through uint64) error {
	return h.around(func() error { return h.faults.Drop(ctx, id, through) })
}

func once(_ context.Context, _ string, do func() error) error { return do() }

// newReplica is one that has not begun.
func (w *world) newReplica(i int, r *release) *replica {
	spec := trails(w.name, r)
	v, err := newView(w, w.db, spec, Options{BFF: "test", Faults: w.store, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		w.Fatal(err)
	}
	v.again = func(ctx context.Context, what string, do func() error, _ func(string)) error {
		return once(ctx, what, do)
	}
	v.lease.holder = fmt.Sprint("replica ", i)
	return &replica{release: r, spec: spec, view: v, lease: v.lease}
}

// Follow shows the world's log, and ends at its end.
func (w *world) Follow(ctx context.Context, o eventlog.FollowOptions, handle func(context.Context, eventlog.Batch) error) error {
	for i, e := range w.log {
		if e.Position > o.After {
			if err := handle(ctx, eventlog.Batch{Events: w.log[i : i+1], Pending: uint64(len(w.log) - i - 1)}); err != nil {
				return err
			}
		}
	}
	return handle(ctx, eventlog.Batch{})
}

func (w *world) Behind(context.Context, uint64, ...proto.Message) (uint64, error) { return 0, nil }

func (w *world) Decode(ctx context.Context, r eventlog.Record, o eventlog.FollowOptions) (Event, error) {
	return w.decoder.Decode(ctx, r, o)
}

// open lets a replica take over, unless it crashes meanwhile.
func (w *world) open(r *replica, faults faults, wrap func(store[trail]) store[trail]) {
	seen, err := r.lease.read(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	took, err := r.lease.take(w.ctx, seen)
	if err != nil || !took {
		w.Fatal("lease not taken", err)
	}
	w.lead(r, faults, wrap, w.checkpoint())
}

// lead lets a replica apply the log to the generation that is served.
func (w *world) lead(r *replica, faults faults, wrap func(store[trail]) store[trail], now checkpoint) {
	v, number := r.view, now.Generations.live()
	v.change(func() {
		v.active = true
		v.show(number)
		v.resume(now.Progress)
	})
	a := v.applier(now.Epoch, track{number: number}, now.Progress)
	a.retry, a.faults, a.store = once, faults, wrap(a.store)
	r.applier, r.builder, r.switched = a, nil, false
	r.tenant = &tenant[trail]{v: v, live: a, held: now.Generations, end: func(error) { r.switched = true }, seen: map[string]sign{}}
	w.ended(r, a, a.settle(w.ctx))
}

// ended stops a replica where what it did came to no end, and fails where that may not be.
func (w *world) ended(r *replica, a *applier[trail], err error) {
	if err == nil {
		return
	}
	if !errors.Is(err, errCrash) && !errors.Is(err, errFenced) && !errors.Is(err, errOvertaken) {
		w.Fatal(err)
	}
	if r.applier == a && !errors.Is(err, errOvertaken) {
		r.end()
	}
}

// look lets a replica that stands by learn what is served now.
func (w *world) look(r *replica) {
	if r.applier != nil {
		return
	}
	var err error
	if rapid.Bool().Draw(w.T, "at a glance") {
		_, err = r.view.glance(w.ctx, r.view.served().generation)
	} else {
		_, err = r.view.attend(w.ctx)
	}
	if err != nil {
		w.Fatal(err)
	}
}

// ask asks a replica for a rebuild, or for something about one.
func (w *world) ask(r *replica) {
	a, t := r.applier, r.tenant
	w.asked++
	r.builder = nil
	err := t.decide(w.ctx, rapid.SampledFrom([]Action{Rebuild, Rebuild, Stop, Back}).Draw(w.T, "action"), w.asked)
	if errors.Is(err, errFenced) {
		w.ended(r, a, err)
	}
}

// build lets a replica go on with the next generation, and switch over where that has caught up.
func (w *world) build(i int) {
	r := w.replicas[i]
	a, t := r.applier, r.tenant
	if r.builder == nil {
		if err := t.refresh(w.ctx); err != nil {
			w.ended(r, a, err)
			return
		}
		if t.held.Next == nil || t.held.Next.Stopped {
			return
		}
		b := r.view.newBuilder(a, t.held, t.end)
		b.a.faults, b.a.store = hookedFaults{w.store, w, i}, hooked{store: b.a.store, w: w, self: i}
		if err := b.a.settle(w.ctx); err != nil {
			w.ended(r, a, err)
			return
		}
		r.builder = b
	}
	b := r.builder
	rest := w.log
	for len(rest) > 0 && rest[0].Position <= b.a.at.Position {
		rest = rest[1:]
	}
	n := min(len(rest), rapid.IntRange(1, 9).Draw(w.T, "events"))
	_, err := b.a.apply(w.ctx, rest[:n], uint64(len(rest)-n))
	if err == nil && n == len(rest) {
		err = b.switchOver(w.ctx)
	}
	if errors.Is(err, errSwitched) {
		epoch := a.epoch
		now := w.checkpoint()
		if now.Epoch != epoch { // somebody has taken over meanwhile
			w.ended(r, a, errFenced)
			return
		}
		w.lead(r, hookedFaults{w.store, w, i}, func(s store[trail]) store[trail] { return hooked{store: s, w: w, self: i} }, now)
		return
	}
	w.ended(r, a, err)
}

// step lets one replica take over, apply a batch of any size, repeats included, or try something again; or deploys it anew.
func (w *world) step(i int) {
	r := w.replicas[i]
	if rapid.IntRange(0, 15).Draw(w.T, "deploy") == 15 {
		r.release.fixed.Store(!r.release.fixed.Load())
		r.end()
	}
	if rapid.IntRange(0, 7).Draw(w.T, "look") == 7 {
		w.look(r)
		return
	}
	if r.applier == nil || rapid.IntRange(0, 7).Draw(w.T, "take over") == 7 {
		w.open(r, hookedFaults{w.store, w, i}, func(s store[trail]) store[trail] { return hooked{store: s, w: w, self: i} })
		return
	}
	a := r.applier
	switch rapid.IntRange(0, 7).Draw(w.T, "rebuild") {
	case 7:
		w.ask(r)
		return
	case 5, 6:
		w.build(i)
		return
	}
	if rapid.IntRange(0, 3).Draw(w.T, "resubmit") == 3 {
		if id := w.someFault(); id != "" {
			w.ended(r, a, w.resubmit(a, id, rapid.Bool().Draw(w.T, "dry run")))
		}
		return
	}
	next := 0
	for next < len(w.log) && w.log[next].Position <= a.at.Position {
		next++
	}
	from := max(0, next-rapid.IntRange(0, 2).Draw(w.T, "repeats"))
	to := min(len(w.log), next+6-rapid.IntRange(0, 6).Draw(w.T, "less than a full batch"))
	_, err := a.apply(w.ctx, w.log[from:to], uint64(len(w.log)-to))
	w.ended(r, a, err)
}

func (w *world) someFault() string {
	ids, err := w.store.Keys(w.ctx, w.consumer())
	if err != nil {
		w.Fatal(err)
	}
	if len(ids) == 0 {
		return ""
	}
	return rapid.SampledFrom(ids).Draw(w.T, "fault")
}

// resubmit does with the fault what a view does when it is asked to.
func (w *world) resubmit(a *applier[trail], id string, dryRun bool) error {
	entries, err := w.store.Sequence(w.ctx, id)
	if err != nil || len(entries) == 0 {
		return err
	}
	if key := entries[0].Key; key.Kind == fault.Document {
		_, err := a.resubmit(w.ctx, key.ID, dryRun)
		return err
	}
	r := newRefolding(a, []string{entries[0].Key.ID})
	now := a.at
	if err := r.begin(w.ctx); err != nil || dryRun {
		return err
	}
	if err := r.read(w.ctx, now); err != nil {
		return err
	}
	if err := w.happens(w.indexOf(a)); err != nil {
		return err
	}
	return r.finish(w.ctx)
}

func (w *world) indexOf(a *applier[trail]) int {
	if w.replicas[0].applier == a {
		return 0
	}
	return 1
}

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
