package view

import (
	"context"
	"time"
)

// keepLag asks the log how far behind the view is, until ctx ends: batches tell it too, but none come while the view is stuck.
func (v *View[D]) keepLag(ctx context.Context) {
	tick := time.NewTicker(v.o.LagEvery)
	defer tick.Stop()
	for {
		v.count(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		v.mu.Lock()
		at := v.at.Position
		v.mu.Unlock()
		// An answer that takes longer is asked for anew by the next tick; what was known stays until then.
		asking, answered := context.WithTimeout(ctx, v.o.LagEvery)
		lag, err := v.log.Behind(asking, at, v.spec.Reads...)
		answered()
		if err != nil {
			if ctx.Err() == nil {
				v.logger.DebugContext(ctx, "can't ask the log how far behind the view is", "error", err)
			}
			continue
		}
		v.change(func() {
			if v.at.Position == at { // or else a batch that has been applied meanwhile knows better
				v.lag = lag
			}
		})
	}
}

// count asks how many events there are to be applied in all, as long as the view isn't ready.
func (v *View[D]) count(ctx context.Context) {
	if v.Ready() {
		return
	}
	asking, answered := context.WithTimeout(ctx, v.o.LagEvery)
	defer answered()
	if total, err := v.log.Behind(asking, 0, v.spec.Reads...); err == nil { // or else it is asked again
		v.change(func() {
			if v.total = total; v.at.Position == 0 {
				v.lag = total
			}
		})
	}
}

// resume takes over how far the view has got from a checkpoint, which knows no more of what was appended since than what
// was asked here at the same position. The lock is held.
func (v *View[D]) resume(at progress) {
	if at.Position != v.at.Position {
		v.lag = at.Pending
	}
	v.standAt(at)
}

// standAt tells how far the view is. The lock is held.
func (v *View[D]) standAt(at progress) {
	v.owed = max(v.owed, v.at.Position)
	v.at = at
}
