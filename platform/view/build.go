package view

import (
	"context"
	"errors"
	"time"

	"tiffin/platform/eventlog"
	"tiffin/platform/pause"
)

// holdAtMost bounds how long the served generation is held up by the last stretch of the next one.
const holdAtMost = 2 * time.Second

// builtAtOnce bounds a batch of the generation that is built, so that nobody who is served waits behind a long one.
const builtAtOnce = 100

// building is how far the next generation is.
type building struct {
	number     int
	done, todo uint64
	rate       rate
	stopped    bool
	blocked    string
}

func buildingOf(g generations) *building {
	if g.Next == nil {
		return nil
	}
	return &building{number: g.Next.Number, stopped: g.Next.Stopped, todo: g.Next.Progress.Pending}
}

// builder builds the next generation beside the one that is served.
type builder[D any] struct {
	v        *View[D]
	live, a  *applier[D]
	held     generations
	switched context.CancelCauseFunc
	progress progressLog
}

func (v *View[D]) newBuilder(live *applier[D], held generations, switched context.CancelCauseFunc) *builder[D] {
	b := &builder[D]{v: v, live: live, held: held, switched: switched}
	b.a = v.applier(live.epoch, track{number: held.Next.Number, next: true}, held.Next.Progress)
	b.a.retry = b.retry
	v.change(func() { v.building = buildingOf(held) })
	return b
}

func (b *builder[D]) retry(ctx context.Context, what string, do func() error) error {
	return b.v.again(ctx, what, do, func(blocked string) { b.tell(func(now *building) { now.blocked = blocked }) })
}

func (b *builder[D]) tell(do func(*building)) {
	b.v.change(func() {
		if now := b.v.building; now != nil && now.number == b.held.Next.Number {
			do(now)
		}
	})
}

// run builds until it has switched over, which is errSwitched, or ctx ends.
func (b *builder[D]) run(ctx context.Context) error {
	if err := b.v.index(ctx, b.held.Next.Number, b.retry); err != nil {
		return err
	}
	if err := b.a.settle(ctx); err != nil {
		return err
	}
	if err := b.count(ctx); err != nil {
		return err
	}
	return b.v.log.Follow(ctx, eventlog.FollowOptions{
		After: b.a.at.Position, Domains: b.v.spec.Reads, MaxBatch: min(b.v.o.BatchSize, builtAtOnce), Personal: eventlog.OpenedBeside, Beside: true,
	}, b.handle)
}

// count asks how much there is to be done, and how much of it is done already.
func (b *builder[D]) count(ctx context.Context) error {
	return b.retry(ctx, "ask how much is to be done", func() error {
		all, err := b.v.log.Behind(ctx, 0, b.v.spec.Reads...)
		if err != nil {
			return err
		}
		todo, err := b.v.log.Behind(ctx, b.a.at.Position, b.v.spec.Reads...)
		if err == nil {
			b.tell(func(now *building) { now.done, now.todo = all-min(all, todo), todo })
		}
		return err
	})
}

func (b *builder[D]) handle(ctx context.Context, batch eventlog.Batch) error {
	start := time.Now()
	out, err := b.a.apply(ctx, batch.Events, batch.Pending)
	if err != nil {
		return err
	}
	b.v.tell(ctx, out.poison)
	end := time.Now()
	b.tell(func(now *building) {
		now.done, now.todo = now.done+uint64(len(out.events)), out.pending
		now.rate.add(end, len(out.events))
		b.progress.note(ctx, b.v.logger.With("generation", now.number), end, b.a.at, now.rate.at(end))
	})
	if batch.Pending > 0 {
		// Half as long again is left to those who are served.
		return pause.For(ctx, end.Sub(start)/2)
	}
	return b.switchOver(ctx)
}

// switchOver serves the next generation from now on. Between two batches of the served one no document is further than its
// checkpoint; the next one is at least as far, so nobody who reads on sees anything older. Until it is, nil is returned.
func (b *builder[D]) switchOver(ctx context.Context) error {
	select {
	case b.v.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-b.v.turn }()
	if err := b.catchUp(ctx, b.live.at.Position); err != nil || b.a.at.Position < b.live.at.Position {
		return err
	}
	held := b.held
	err := b.retry(ctx, "switch over", func() error {
		return b.v.lease.switchOver(ctx, b.a.epoch, held, b.live.at, b.a.at)
	})
	if err != nil {
		return err
	}
	b.switched(errSwitched) // before anybody else has a turn
	b.v.change(func() {
		if errors.Is(context.Cause(ctx), errFenced) {
			return // the database was set back, and a reader has noticed before this
		}
		b.v.show(held.Next.Number)
		b.v.standAt(b.a.at)
		b.v.lag, b.v.building = b.a.at.Pending, nil
	})
	b.v.announce(nil, nil)
	b.v.logger.InfoContext(ctx, "switched over", "generation", held.Next.Number, "position", b.a.at.Position)
	return errSwitched
}

// catchUp applies what the served generation is ahead.
func (b *builder[D]) catchUp(ctx context.Context, through uint64) error {
	if b.a.at.Position >= through {
		return nil
	}
	catching, done := context.WithTimeout(ctx, holdAtMost)
	defer done()
	err := b.v.log.Follow(catching, eventlog.FollowOptions{
		After: b.a.at.Position, Domains: b.v.spec.Reads, MaxBatch: b.v.o.BatchSize, Personal: eventlog.OpenedBeside,
	}, func(ctx context.Context, batch eventlog.Batch) error {
		if _, err := b.a.apply(ctx, batch.Events, batch.Pending); err != nil {
			return err
		}
		if b.a.at.Position >= through {
			return errScanned
		}
		return nil
	})
	if errors.Is(err, errScanned) || catching.Err() != nil && ctx.Err() == nil {
		return nil
	}
	return err
}
