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
	out, err := a.apply(ctx, b.Events, b.Pending)
	if err != nil {
		span.RecordError(err)
		return err
	}
	end := time.Now()
	written := v.traceEvents(ctx, span, out, start)
	v.change(func() {
		v.at, v.lag, v.fault = a.at, out.pending, out.fault
		v.applied += uint64(len(out.events))
		v.rate.add(end, len(out.events))
		v.ready = v.ready || a.at.CaughtUp || out.fault != nil
		v.progress.note(ctx, v.logger, end, v.at, v.rate.at(end))
	})
	v.announce(out.documents, written)
	if out.fault != nil {
		v.logger.ErrorContext(ctx, "view is faulted: it serves what it has, and stops before the event",
			"position", out.fault.Position, "type", out.fault.Type, "error", out.fault.Err)
		return errFaulted
	}
	return nil
}
