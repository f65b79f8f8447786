package replica

import (
	"context"
	"errors"
	"slices"

	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// askedBefore finds out what was asked before the log is read from its start, which is as good as doing it. What is asked from
// then on isn't missed, by one that reads the log meanwhile either.
func (r *Replica[S]) askedBefore(ctx context.Context) error {
	if r.o.Faults == nil || r.replays != nil {
		return nil
	}
	return r.retry(ctx, "read what was asked before", func() (err error) {
		r.replays, err = r.o.Faults.Replays(ctx, r.spec.consumer())
		return err
	})
}

// serveReplays answers who wants events taken into account once more, until ctx ends. Every instance of the service has a
// replica of its own, so each does it; the first answer is told.
func (r *Replica[S]) serveReplays(ctx context.Context) error {
	if r.o.Faults == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	if err := r.Await(ctx); err != nil {
		return err
	}
	return r.retry(ctx, "answer requests to replay", func() error {
		return r.o.Faults.ServeReplays(ctx, r.spec.consumer(), r.replays, r.replay)
	})
}

// anew are aggregates that are folded from the start of the log, in place of what is known of them.
type anew[S any] struct {
	folded map[string]aggregate[S]
	// parked are events of theirs that can't be folded, and through is how far the log was read.
	parked  map[string][]fault.Entry
	through uint64
}

// replay forgets the aggregates of the events, and folds them again from the log. One that stands behind a fault is left to
// whoever resubmits that.
func (r *Replica[S]) replay(ctx context.Context, asked fault.Replay, told func(done, todo uint64)) (out fault.Replayed, err error) {
	again := &anew[S]{folded: map[string]aggregate[S]{}, parked: map[string][]fault.Entry{}}
	if out.Concern, err = r.concernedBy(ctx, asked.Positions, again); err != nil {
		return out, err
	}
	if out.Keys = len(again.folded); out.Keys == 0 {
		return out, nil
	}
	if asked.DryRun {
		out.Behind = r.standing(again)
		return out, nil
	}
	todo, err := r.log.Behind(ctx, 0, r.spec.Domain)
	if err != nil {
		return out, err
	}
	done := uint64(0)
	reached := func() {
		done++
		told(done, max(done, todo))
	}
	if err := r.read(ctx, again, r.Position(), reached); err != nil {
		return out, err
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	if err := r.read(ctx, again, r.position, reached); err != nil { // what was appended meanwhile
		return out, err
	}
	out.Behind, err = r.replace(ctx, again)
	return out, err
}

// concernedBy finds the aggregates of the events at the positions, and counts the events.
func (r *Replica[S]) concernedBy(ctx context.Context, positions []uint64, again *anew[S]) (events int, err error) {
	if len(positions) == 0 {
		return 0, nil
	}
	wanted := map[uint64]bool{}
	for _, at := range positions {
		wanted[at] = true
	}
	err = r.scan(ctx, slices.Min(positions)-1, min(r.Position(), slices.Max(positions)), func(e eventlog.Event) {
		if wanted[e.Position] {
			events++
			again.folded[e.AggregateID] = aggregate[S]{}
		}
	})
	return events, err
}

// read folds the log on, up to a position that the replica has reached.
func (r *Replica[S]) read(ctx context.Context, again *anew[S], through uint64, reached func()) error {
	err := r.scan(ctx, again.through, through, func(e eventlog.Event) {
		reached()
		a, ok := again.folded[e.AggregateID]
		if !ok {
			return
		}
		if entry, parked := r.take(&a, e); parked {
			again.parked[e.AggregateID] = append(again.parked[e.AggregateID], entry)
		}
		again.folded[e.AggregateID] = a
	})
	again.through = through
	return err
}

// standing returns how many of the aggregates stand behind faults.
func (r *Replica[S]) standing(again *anew[S]) (behind int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for id := range again.folded {
		if r.known[id].from > 0 {
			behind++
		}
	}
	return behind
}

// replace puts what was folded anew in the place of what is known, and returns how many stand behind faults. What can't be
// folded is parked first, as in a batch.
func (r *Replica[S]) replace(ctx context.Context, again *anew[S]) (behind int, err error) {
	for id := range again.folded {
		if r.known[id].from > 0 {
			delete(again.folded, id)
			behind++
			continue
		}
		if err := r.park(ctx, again.parked[id]); err != nil {
			return behind, err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, a := range again.folded {
		r.known[id] = a
		if a.from > 0 {
			behind++
		}
	}
	return behind, nil
}

// errScanned ends a scan.
var errScanned = errors.New("scanned")

// scan shows the domain's events after a position, through another that the replica has reached: so that one is there, and is
// waited for where a server that answers is not as far.
func (r *Replica[S]) scan(ctx context.Context, after, through uint64, show func(eventlog.Event)) error {
	if after >= through {
		return nil
	}
	o := eventlog.FollowOptions{After: after, Domains: []proto.Message{r.spec.Domain}, Personal: r.spec.Personal}
	err := r.log.Follow(ctx, o, func(_ context.Context, b eventlog.Batch) error {
		for _, e := range b.Events {
			if e.Position > through {
				return errScanned
			}
			show(e)
			if e.Position == through {
				return errScanned
			}
		}
		return nil
	})
	if errors.Is(err, errScanned) {
		return nil
	}
	return err
}
