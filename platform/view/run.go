package view

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"tiffin/platform/eventlog"
)

const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
	farewell   = 2 * time.Second
)

// Run keeps the view until ctx ends, whose error it returns; it fails only where the view can't be observed. It applies the
// log while it holds the lease and stands by otherwise. What can't be processed is parked, and the rest goes on; what may
// pass, such as a database that is away, is waited for. Run must not run twice at a time.
func (v *View[D]) Run(ctx context.Context) error {
	stop, err := v.observe()
	if err != nil {
		return err
	}
	defer stop()
	unlisten, err := v.listen()
	if err != nil {
		return err
	}
	defer unlisten()
	asking, stopAsking := context.WithCancel(ctx)
	var asked sync.WaitGroup
	asked.Go(func() { v.keepLag(asking) })
	defer asked.Wait()
	defer stopAsking()
	for wait := firstPause; ctx.Err() == nil; wait = min(2*wait, lastPause) {
		held, err := v.standBy(ctx)
		if err != nil {
			return err
		}
		if err := v.lead(ctx, held); err != nil && ctx.Err() == nil {
			if v.position() > held.Progress.Position {
				wait = firstPause
			}
			v.change(func() { v.blocked = err.Error() })
			v.logger.WarnContext(ctx, "stopped applying", "epoch", held.Epoch, "again_in", wait, "error", err)
			if err := pause(ctx, wait); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// standBy follows the checkpoint until this process holds the lease.
func (v *View[D]) standBy(ctx context.Context) (checkpoint, error) {
	poll := time.NewTicker(max(v.o.LeaseTTL/4, time.Millisecond))
	defer poll.Stop()
	var seen checkpoint
	silentSince, first := time.Now(), true
	for {
		now := time.Now() // before reading, so that a slow answer counts as silence seen, never as life missed
		current, err := v.lease.read(ctx)
		switch {
		case ctx.Err() != nil:
			return checkpoint{}, ctx.Err()
		case err != nil:
			v.logger.WarnContext(ctx, "can't read the checkpoint", "error", err)
			// Nothing is known of the holder meanwhile, so its silence starts anew.
			silentSince = time.Now()
		default:
			alive := !first && (current.Beat != seen.Beat || current.Epoch != seen.Epoch)
			if first || alive {
				silentSince = now
			}
			seen, first = current, false
			v.follow(current, alive)
			if held, ok := v.challenge(ctx, current, time.Since(silentSince) > v.o.LeaseTTL); ok {
				return held, nil
			}
		}
		select {
		case <-ctx.Done():
			return checkpoint{}, ctx.Err()
		case <-poll.C:
		case <-v.nudge:
		}
	}
}

// follow takes over what the applier elsewhere has reached.
func (v *View[D]) follow(c checkpoint, alive bool) {
	v.change(func() {
		v.resume(c.Progress) // lower than before only where the database was reset
		v.ready = v.ready || alive && c.Holder != "" && c.Progress.CaughtUp
	})
}

func (v *View[D]) challenge(ctx context.Context, c checkpoint, silent bool) (checkpoint, bool) {
	if c.Epoch > 0 && c.Holder == v.lease.holder { // an answer that got lost, or an interrupted turn
		return c, true
	}
	if c.Epoch > 0 && c.Holder != "" && !silent {
		return c, false
	}
	took, err := v.lease.take(ctx, c)
	if err != nil || !took {
		if err != nil && ctx.Err() == nil {
			v.logger.WarnContext(ctx, "can't take the lease", "error", err)
		}
		return c, false
	}
	c.Epoch, c.Holder, c.Progress.CaughtUp = c.Epoch+1, v.lease.holder, false
	// The last holder may have moved on between the reading and the taking; from now on it is fenced.
	err = v.retry(ctx, "read the checkpoint", func() error {
		current, err := v.lease.read(ctx)
		if err == nil {
			c.Progress = current.Progress
		}
		return err
	})
	return c, err == nil
}

// lead applies the log while it holds the lease.
func (v *View[D]) lead(ctx context.Context, held checkpoint) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	v.change(func() {
		v.active = true
		v.resume(held.Progress)
	})
	v.logger.InfoContext(ctx, "applying", "epoch", held.Epoch, "position", held.Progress.Position)
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		v.keepBeating(ctx, held.Epoch, cancel)
	}()
	a := &applier[D]{
		spec: v.spec, store: mongoStore[D]{documents: v.documents, lease: v.lease}, epoch: held.Epoch, at: held.Progress,
		log: v.log, consumer: v.consumer(), retry: v.retry,
	}
	if v.o.Faults != nil {
		a.faults = v.o.Faults
	}
	err := v.index(ctx)
	if err == nil {
		err = v.inTurn(ctx, a, func() ([]string, error) { return nil, a.settle(ctx) })
	}
	serving := make(chan struct{})
	go func() {
		defer close(serving)
		v.serve(ctx, a)
	}()
	if err == nil {
		err = v.log.Follow(ctx, eventlog.FollowOptions{
			After: held.Progress.Position, Domains: v.spec.Reads, MaxBatch: v.o.BatchSize,
			Personal: eventlog.OpenedBeside,
		}, func(ctx context.Context, b eventlog.Batch) error { return v.handle(ctx, a, b) })
	}
	if cause := context.Cause(ctx); errors.Is(cause, errFenced) {
		err = cause
	}
	cancel(nil)
	<-beating
	<-serving
	v.change(func() { v.active, v.blocked = false, "" })
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

// index makes the indexes each time that this process leads: the database may have been reset since the last.
func (v *View[D]) index(ctx context.Context) error {
	if len(v.spec.Indexes) == 0 {
		return nil
	}
	return v.retry(ctx, "create indexes", func() error {
		_, err := v.documents.Indexes().CreateMany(ctx, v.spec.Indexes)
		return err
	})
}

func (v *View[D]) keepBeating(ctx context.Context, epoch uint64, stop context.CancelCauseFunc) {
	tick := time.NewTicker(max(v.o.LeaseTTL/4, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		switch err := v.lease.beat(ctx, epoch); {
		case errors.Is(err, errFenced):
			stop(errFenced)
			return
		case err != nil && ctx.Err() == nil:
			v.logger.WarnContext(ctx, "can't renew the lease", "error", err)
		}
	}
}

// retry repeats what fails, until it succeeds, ctx ends, or repeating can't help.
func (v *View[D]) retry(ctx context.Context, what string, do func() error) error {
	for wait := firstPause; ; wait = min(2*wait, lastPause) {
		err := do()
		if err == nil || errors.Is(err, errFenced) || errors.Is(err, errConflict) {
			if wait > firstPause {
				v.change(func() { v.blocked = "" })
			}
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		v.logger.WarnContext(ctx, "trying again", "to", what, "in", wait, "error", err)
		v.change(func() { v.blocked = "can't " + what })
		if pause(ctx, wait/2+rand.N(wait/2)) != nil {
			return context.Cause(ctx)
		}
	}
}

func (v *View[D]) position() uint64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.at.Position
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
