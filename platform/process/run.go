package process

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/lease"
	"tiffin/platform/pause"
)

const farewell = 2 * time.Second

// Run carries the processes on while it holds the lease, and stands by otherwise, until ctx ends, whose error it returns; it
// fails only where the processes can't be observed. Run must not run twice at a time.
func (p *Processes[S, C, E]) Run(ctx context.Context) error {
	o := lease.Options{
		Bucket: p.bucket, Key: p.domain, Silence: p.o.LeaseTTL, Logger: p.logger, Elsewhere: func() { p.ready.Store(true) },
	}
	forget, err := p.o.Faults.Observe(p.consumer)
	if err != nil {
		return err
	}
	defer forget()
	for {
		err := lease.Run(ctx, o, p.lead)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p.logger.WarnContext(ctx, "stopped carrying processes on", "error", err)
		if err := pause.For(ctx, firstPause); err != nil {
			return err
		}
	}
}

// lead carries the processes on until the lease is lost or ctx ends.
func (p *Processes[S, C, E]) lead(ctx context.Context, held *lease.Lease[checkpoint]) error {
	var own E
	known, err := p.o.Log.LastPosition(ctx, proto.Message(own))
	if err != nil {
		return err
	}
	gate, err := p.o.Faults.Gate(ctx, p.consumer(), p.words)
	if err != nil {
		return err
	}
	p.gate.Store(gate)
	from := held.Position()
	p.logger.InfoContext(ctx, "carrying processes on", "inputs", from.Inputs, "own", from.Own)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l, h := newLanes(p.o.Parallel, p.logger), newHolding()
	inputs, carriedOut := newWatermark(from.Inputs), newWatermark(from.Own)
	reached := func() checkpoint { return checkpoint{Inputs: inputs.position(), Own: carriedOut.position()} }
	var g errgroup.Group
	part := func(run func() error) {
		g.Go(func() error {
			err := run()
			cancel(err)
			return err
		})
	}
	part(func() error { return p.followInputs(ctx, l, h, inputs) })
	part(func() error { return p.followOwn(ctx, l, h, carriedOut, known) })
	part(func() error { return p.followTimers(ctx, l, h, inputs) })
	part(func() error { return p.recordLate(ctx, l, h) })
	part(func() error { return p.serve(ctx, h) })
	part(func() error { return p.keepCheckpoint(ctx, held, reached) })
	p.ready.Store(true)
	_ = g.Wait() // the cause says which of them ended first
	l.wait()
	cause := context.Cause(ctx)
	if !errors.Is(cause, lease.ErrLost) { // a successor begins where this one ended
		ctx, done := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer done()
		p.moveCheckpoint(ctx, held, reached())
	}
	return cause
}
