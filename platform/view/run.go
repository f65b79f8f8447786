package view

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"tiffin/platform/fault"
	"tiffin/platform/pause"
)

const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
	farewell   = 2 * time.Second
)

// Run keeps the view until ctx ends, whose error it returns; it fails only where the view can't be observed. It applies the
// log while it holds the lease and stands by otherwise. What can't be processed is parked, and the rest goes on; what may
// pass, such as a database that is away, is waited for. A view that was silent for so long that its version was retired beneath
// it has nothing left to serve, and ends with ErrRetired: whoever runs it again builds it anew. Run must not run twice at a time.
func (v *View[D]) Run(ctx context.Context) error {
	stop, err := v.observe()
	if err != nil {
		return err
	}
	defer stop()
	forget, err := v.o.Faults.Observe(func() fault.Consumer { return v.consumer(v.served().generation) })
	if err != nil {
		return err
	}
	defer forget()
	unlisten, err := v.listen()
	if err != nil {
		return err
	}
	defer unlisten()
	defer v.leave(ctx)
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
			if err := pause.For(ctx, wait); err != nil {
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
		current, err := v.look(ctx)
		switch {
		case ctx.Err() != nil:
			return checkpoint{}, ctx.Err()
		case err != nil:
			v.logger.WarnContext(ctx, "can't read the checkpoint", "error", err)
			// Nothing is known of the holder meanwhile, so its silence starts anew.
			silentSince = time.Now()
		case current.Generations.Retired && v.Ready():
			return checkpoint{}, ErrRetired
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

// follow is ready once the applier elsewhere has caught up.
func (v *View[D]) follow(c checkpoint, alive bool) {
	v.change(func() { v.ready = v.ready || alive && c.Holder != "" && c.Progress.CaughtUp })
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
	// The last holder may have moved on between the reading and the taking; from now on it is fenced.
	epoch := c.Epoch + 1
	err = v.retry(ctx, "read the checkpoint", func() (err error) {
		c, err = v.attend(ctx)
		return err
	})
	c.Epoch, c.Holder, c.Progress.CaughtUp = epoch, v.lease.holder, false
	return c, err == nil
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
		now, s := time.Now(), v.served() // before it is said
		c, err := v.lease.beat(ctx, epoch)
		switch {
		case err == nil && v.setBack(c, s):
			stop(errFenced)
			return
		case err == nil:
			v.change(func() { v.attended = now })
		case errors.Is(err, errFenced):
			stop(errFenced)
			return
		case ctx.Err() == nil:
			v.logger.WarnContext(ctx, "can't renew the lease", "error", err)
		}
	}
}

// ErrRetired is what Run returns where nobody, as it seemed, had read the version for Options.Grace.
var ErrRetired = errors.New("the view's version was retired while this process gave no sign of life")

// leave says that this process reads the view no more.
func (v *View[D]) leave(ctx context.Context) {
	if v.served().attended.IsZero() {
		return
	}
	// ctx has ended.
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer done()
	if err := v.lease.leave(ctx); err != nil {
		v.logger.WarnContext(ctx, "can't say that nobody reads here any more; that will be noticed", "error", err)
	}
}

// retry repeats what fails, until it succeeds, ctx ends, or repeating can't help. What it waits for is told.
func (v *View[D]) retry(ctx context.Context, what string, do func() error) error {
	return v.again(ctx, what, do, func(blocked string) { v.change(func() { v.blocked = blocked }) })
}

func (v *View[D]) keepTrying(ctx context.Context, what string, do func() error, tell func(blocked string)) error {
	for wait := firstPause; ; wait = min(2*wait, lastPause) {
		err := do()
		if err == nil || errors.Is(err, errFenced) || errors.Is(err, errConflict) {
			if wait > firstPause {
				tell("")
			}
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		v.logger.WarnContext(ctx, "trying again", "to", what, "in", wait, "error", err)
		tell("can't " + what)
		if pause.For(ctx, wait/2+rand.N(wait/2)) != nil {
			return context.Cause(ctx)
		}
	}
}

func (v *View[D]) position() uint64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.at.Position
}
