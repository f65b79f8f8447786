package view

import (
	"context"
	"time"

	"tiffin/platform/eventlog"
)

// handle applies one batch and tells everybody who wants to know.
func (v *View[D]) handle(ctx context.Context, a *applier[D], b eventlog.Batch) error {
	start := time.Now()
	ctx, span := v.startBatch(ctx, b)
	defer span.End()
	select {
	case v.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-v.turn }()
	if ctx.Err() != nil { // another generation may be served by now
		return context.Cause(ctx)
	}
	out, err := a.apply(ctx, b.Events, b.Pending)
	if err != nil {
		span.RecordError(err)
		if len(out.events) == 0 {
			return err
		}
	}
	end := time.Now()
	written := v.traceEvents(ctx, span, out, start)
	v.change(func() {
		if ctx.Err() != nil { // the database may have been set back
			return
		}
		v.standAt(a.at)
		v.lag, v.blocked = out.pending, ""
		v.applied += uint64(len(out.events))
		v.poisoned += uint64(len(out.poison))
		v.rate.add(end, len(out.events))
		v.ready = v.ready || a.at.CaughtUp
		v.progress.note(ctx, v.logger, end, v.at, v.rate.at(end))
	})
	v.announce(out.documents, written)
	v.tell(ctx, out.poison)
	return err
}
