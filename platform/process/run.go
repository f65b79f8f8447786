package process

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"
)

const farewell = 2 * time.Second

// Run carries the processes on while it holds the lease, and stands by otherwise, until ctx ends, whose error it returns.
// Run must not run twice at a time.
func (p *Processes[S, C, E]) Run(ctx context.Context) error {
	for {
		held, err := p.standBy(ctx)
		if err != nil {
			return err
		}
		err = p.lead(ctx, held)
		switch {
		case errors.Is(err, errKilled):
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		p.logger.WarnContext(ctx, "stopped carrying processes on", "epoch", held.Epoch, "error", err)
		if err := pause(ctx, firstPause); err != nil {
			return err
		}
	}
}

// standBy waits until this instance holds the lease.
func (p *Processes[S, C, E]) standBy(ctx context.Context) (checkpoint, error) {
	var seen checkpoint
	silentSince, first := time.Now(), true
	for ctx.Err() == nil {
		asked := time.Now() // before reading, so that a slow answer counts as silence seen, never as life missed
		current, err := p.lease.read(ctx)
		switch {
		case err != nil:
			p.logger.WarnContext(ctx, "can't read the checkpoint", "error", err)
			silentSince = time.Now()
		case first || current.Beat > seen.Beat:
			if !first && current.Holder != "" {
				p.ready.Store(true)
			}
			seen, first, silentSince = current, false, asked
		}
		free := err == nil && (current.Epoch == 0 || current.Holder == "" || current.Holder == p.lease.holder)
		if err == nil && (free || time.Since(silentSince) > p.o.LeaseTTL) {
			held, err := p.lease.take(ctx, current)
			if err == nil {
				return held, nil
			}
			if !errors.Is(err, errFenced) {
				p.logger.WarnContext(ctx, "can't take the lease", "error", err)
			}
		}
		if err := pause(ctx, max(p.o.LeaseTTL/4, time.Millisecond)); err != nil {
			return checkpoint{}, err
		}
	}
	return checkpoint{}, ctx.Err()
}

// lead carries the processes on until the lease is lost or ctx ends.
func (p *Processes[S, C, E]) lead(ctx context.Context, held checkpoint) error {
	var own E
	known, err := p.o.Log.LastPosition(ctx, proto.Message(own))
	if err != nil {
		return err
	}
	p.logger.InfoContext(ctx, "carrying processes on", "epoch", held.Epoch, "inputs", held.Inputs, "own", held.Own)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l := newLanes(p.o.Parallel, p.logger, cancel)
	inputs, carriedOut := newWatermark(held.Inputs), newWatermark(held.Own)
	var g errgroup.Group
	part := func(run func() error) {
		g.Go(func() error {
			err := run()
			cancel(err)
			return err
		})
	}
	part(func() error { return p.followInputs(ctx, l, inputs) })
	part(func() error { return p.followOwn(ctx, l, carriedOut, known) })
	part(func() error { return p.followTimers(ctx, l) })
	part(func() error { held, err = p.keepBeating(ctx, held, inputs, carriedOut); return err })
	p.ready.Store(true)
	_ = g.Wait() // the cause says which of them ended first
	l.wait()
	cause := context.Cause(ctx)
	if !errors.Is(cause, errFenced) && !errors.Is(cause, errKilled) {
		p.release(ctx, held, inputs, carriedOut)
	}
	return cause
}

// keepBeating moves the checkpoint, which is also the sign of life.
func (p *Processes[S, C, E]) keepBeating(ctx context.Context, held checkpoint, inputs, carriedOut *watermark) (checkpoint, error) {
	for {
		if err := pause(ctx, max(p.o.LeaseTTL/4, time.Millisecond)); err != nil {
			return held, err
		}
		held.Inputs, held.Own = inputs.position(), carriedOut.position()
		next, err := p.lease.write(ctx, held)
		switch {
		case errors.Is(err, errFenced):
			return held, err
		case err != nil:
			p.logger.WarnContext(ctx, "can't move the checkpoint", "error", err)
		default:
			held = next
		}
	}
}

// release lets a successor take over without waiting for silence, and begin where this one ended.
func (p *Processes[S, C, E]) release(ctx context.Context, held checkpoint, inputs, carriedOut *watermark) {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer done()
	held.Inputs, held.Own, held.Holder = inputs.position(), carriedOut.position(), ""
	if _, err := p.lease.write(ctx, held); err != nil && !errors.Is(err, errFenced) {
		p.logger.WarnContext(ctx, "can't release the lease; it will run out", "error", err)
	}
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
