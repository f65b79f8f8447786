package view

import (
	"context"
	"time"

	"tiffin/platform/position"
)

// WaitFor waits until the view has applied what the token has seen of the domains that the view reads. Past Options.WaitBound,
// or at once where a fault stands in the way, it returns stale: the view then answers with what it has. It returns an error
// only when ctx ends.
func (v *View[D]) WaitFor(ctx context.Context, token position.Token) (stale bool, err error) {
	var want uint64 // the log has one order, so the last position of the domains covers the others
	for domain, sequence := range token {
		if v.domains[domain] {
			want = max(want, sequence)
		}
	}
	if want == 0 {
		return false, nil
	}
	var bound <-chan time.Time
	for {
		v.mu.Lock()
		reached, faulted, moved := v.at.Position >= want, v.fault != nil, v.moved
		v.mu.Unlock()
		if reached || faulted {
			return !reached, nil
		}
		if bound == nil {
			timer := time.NewTimer(v.o.WaitBound)
			defer timer.Stop()
			bound = timer.C
		}
		select {
		case <-ctx.Done():
			return true, ctx.Err()
		case <-bound:
			return true, nil
		case <-moved:
		}
	}
}
