package view

import (
	"context"
	"fmt"
	"slices"

	"tiffin/platform/fault"
	"tiffin/platform/pause"
)

// serveReplays answers who wants events taken into account once more, until ctx ends. Only the active applier does.
func (v *View[D]) serveReplays(ctx context.Context, a *applier[D]) {
	for ctx.Err() == nil && v.o.Faults != nil {
		err := v.o.Faults.ServeReplays(ctx, a.consumer, nil, func(
			ctx context.Context, r fault.Replay, told func(done, todo uint64),
		) (fault.Replayed, error) {
			return v.replay(ctx, a, r, told)
		})
		if ctx.Err() != nil {
			return
		}
		v.logger.WarnContext(ctx, "answering requests to replay again", "error", err)
		_ = pause.For(ctx, lastPause/4) // the loop sees when ctx ends
	}
}

// replay makes the documents anew that the events concern, from all events that concern them. To apply an event by itself to a
// document that has gone past it would be to apply it twice, or out of order; so a document keeps its guard, and its order.
func (v *View[D]) replay(ctx context.Context, a *applier[D], r fault.Replay, told func(done, todo uint64)) (fault.Replayed, error) {
	concerned, out, err := v.concernedBy(ctx, a, r.Positions)
	if err != nil || out.Error != "" {
		return out, err
	}
	out.Keys = len(concerned)
	if r.DryRun || out.Keys == 0 {
		return out, nil
	}
	todo, err := v.log.Behind(ctx, 0, v.spec.Reads...)
	if err != nil {
		return out, err
	}
	done := uint64(0)
	refolded, err := v.refold(ctx, a, false, func() *refolding[D] {
		again := newRefolding(a, nil)
		for id := range concerned {
			again.concern([]string{id})
		}
		return again
	}, func(*Event) {
		done++
		told(done, max(done, todo))
	})
	if err != nil {
		return out, err
	}
	for _, l := range refolded.lanes {
		if l.document.Parked != nil {
			out.Behind++
		}
	}
	return out, nil
}

// concernedBy returns the documents that the events at the positions concern. The view may not read all of them, or not have come
// to them yet; then it takes them in by itself.
func (v *View[D]) concernedBy(ctx context.Context, a *applier[D], positions []uint64) (documents map[string]bool, out fault.Replayed, err error) {
	documents = map[string]bool{}
	if len(positions) == 0 {
		return documents, out, nil
	}
	wanted := map[uint64]bool{}
	for _, at := range positions {
		wanted[at] = true
	}
	var now progress
	if err := v.inTurn(ctx, a, func() ([]string, error) { now = a.at; return nil, nil }); err != nil {
		return nil, out, err
	}
	held := subjectsOf(now)
	err = a.scan(ctx, slices.Min(positions)-1, min(now.Position, slices.Max(positions)), func(e *Event) {
		if !wanted[e.Position] {
			return
		}
		ids, err := a.spec.route(e)
		if err != nil || held.hold(e) {
			out.Error = fmt.Sprintf("event %d could not be routed, or stands behind one that couldn't: it is parked, "+
				"which is what resubmitting is for", e.Position)
		}
		if len(ids) > 0 {
			out.Concern++
		}
		for _, id := range ids {
			documents[id] = true
		}
	})
	return documents, out, err
}
