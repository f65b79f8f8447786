package view

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

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
