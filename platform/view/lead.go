package view

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/platform/eventlog"
)

// errSwitched: another generation is served from now on.
var errSwitched = errors.New("another generation is served")

// lead applies the log while it holds the lease: to one generation after another, where the view is rebuilt meanwhile.
func (v *View[D]) lead(ctx context.Context, held checkpoint) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		v.keepBeating(ctx, held.Epoch, cancel)
	}()
	err := errSwitched
	for errors.Is(err, errSwitched) {
		v.change(func() {
			v.active, v.depose = true, cancel
			v.show(held.Generations.live())
			v.resume(held.Progress)
		})
		v.logger.InfoContext(ctx, "applying", "epoch", held.Epoch, "generation", held.Generations.live(), "position", held.Progress.Position)
		if err = v.applyTo(ctx, held); errors.Is(err, errSwitched) {
			again := v.retry(ctx, "read the checkpoint", func() error {
				c, err := v.lease.read(ctx)
				if err == nil {
					held.Generations, held.Progress = c.Generations, c.Progress
					err = v.lease.held(c.Epoch == held.Epoch, nil)
				}
				return err
			})
			if again != nil {
				err = again
			}
		}
	}
	if cause := context.Cause(ctx); errors.Is(cause, errFenced) {
		err = cause
	}
	cancel(nil)
	<-beating
	v.change(func() { v.active, v.depose, v.blocked, v.building = false, nil, "", nil })
	if !errors.Is(err, errFenced) {
		// ctx may have ended; a successor should not have to wait for that.
		ctx, done := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer done()
		if err := v.lease.release(ctx, held.Epoch); err != nil && !errors.Is(err, errFenced) {
			v.logger.WarnContext(ctx, "can't release the lease; it will run out", "error", err)
		}
	}
	return err
}

// applyTo applies the log to the generation that is served, until ctx ends or another is: then it returns errSwitched.
func (v *View[D]) applyTo(ctx context.Context, held checkpoint) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	a := v.applier(held.Epoch, track{number: held.Generations.live()}, held.Progress)
	err := v.index(ctx, held.Generations.live(), v.retry)
	if err == nil {
		err = v.inTurn(ctx, a, func() ([]string, error) { return nil, a.settle(ctx) })
	}
	serving, replaying, tending := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(serving)
		v.serve(ctx, a)
	}()
	go func() {
		defer close(replaying)
		v.serveReplays(ctx, a)
	}()
	go func() {
		defer close(tending)
		v.tend(ctx, &tenant[D]{v: v, live: a, held: held.Generations, end: cancel})
	}()
	if err == nil {
		err = v.log.Follow(ctx, eventlog.FollowOptions{
			After: held.Progress.Position, Domains: v.spec.Reads, MaxBatch: v.o.BatchSize,
			Personal: eventlog.OpenedBeside,
		}, func(ctx context.Context, b eventlog.Batch) error { return v.handle(ctx, a, b) })
	}
	if cause := context.Cause(ctx); errors.Is(cause, errFenced) || errors.Is(cause, errSwitched) {
		err = cause
	}
	cancel(nil)
	<-serving
	<-replaying
	<-tending
	return err
}

// applier returns one for a generation.
func (v *View[D]) applier(epoch uint64, t track, at progress) *applier[D] {
	a := &applier[D]{
		spec: v.spec, epoch: epoch, at: at, log: v.log, consumer: v.consumer(t.number), retry: v.retry,
		store: mongoStore[D]{documents: v.documentsOf(t.number), lease: v.lease.on(t), mark: new(string)},
	}
	if v.o.Faults != nil {
		a.faults = v.o.Faults
	}
	return a
}

func (v *View[D]) documentsOf(number int) *mongo.Collection {
	return v.db.Collection(collectionOf(v.spec.Name, v.spec.Version, number))
}

type retry func(ctx context.Context, what string, do func() error) error

// index makes the indexes each time that this process leads: the database may have been reset since the last.
func (v *View[D]) index(ctx context.Context, number int, again retry) error {
	if len(v.spec.Indexes) == 0 {
		return nil
	}
	return again(ctx, "create indexes", func() error {
		_, err := v.documentsOf(number).Indexes().CreateMany(ctx, v.spec.Indexes)
		return err
	})
}
