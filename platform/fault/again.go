package fault

import (
	"context"
	"errors"
)

// repetition says how a consumer of which one instance is active processes a sequence again.
type repetition struct {
	process func(Entry) error
	// explain says in the entry why it still can't be processed.
	explain func(context.Context, *Entry, error) error
	// open lets the key flow again, unless more was parked for it meanwhile.
	open func(ctx context.Context, id string) (bool, error)
}

// again processes what is parked under a fault's id, in order, until all is done or an entry still is poison. Whoever calls it
// may have lost its lease without knowing: it changes nothing but what it has read.
func (s *Store) again(ctx context.Context, r Request, do repetition) (out Outcome, err error) {
	for {
		entries, err := s.Sequence(ctx, r.FaultID)
		if err != nil {
			return out, err
		}
		why := s.processEach(ctx, r, do, entries, &out)
		switch {
		case errors.Is(why, errConflict): // another instance was faster
			continue
		case why != nil || out.Error != "":
			return out, why
		}
		if out.Resolved = r.DryRun; out.Resolved {
			return out, nil
		}
		if out.Resolved, err = do.open(ctx, r.FaultID); out.Resolved || err != nil {
			return out, err
		}
	}
}

// processEach ends with the first entry that still is poison, which is told in the outcome.
func (s *Store) processEach(ctx context.Context, r Request, do repetition, entries []Entry, out *Outcome) error {
	for _, e := range entries {
		why := Catch(func() error { return do.process(e) })
		switch {
		case IsPoison(why):
			if err := do.explain(ctx, &e, why); err != nil {
				return err
			}
			if !r.DryRun {
				if err := s.renewRead(ctx, e); err != nil {
					return err
				}
			}
			out.At, out.Error = e.Event.Position, e.Error
			return nil
		case why != nil:
			return why
		}
		out.Processed++
		if r.DryRun {
			continue
		}
		// Only this one: something earlier may have been parked meanwhile, such as the outcome of a slow command.
		if err := s.dropRead(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// serveEach answers the requests to the consumer one after another, until ctx ends.
func (s *Store) serveEach(ctx context.Context, c Consumer, resubmit func(context.Context, Request) (Outcome, error)) error {
	return s.Serve(ctx, c, func(ctx context.Context, asked []Request) ([]Outcome, error) {
		out := make([]Outcome, len(asked))
		for i, r := range asked {
			var err error
			if out[i], err = resubmit(ctx, r); ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil { // it may pass, and is told all the same: others are not to wait for it
				out[i].Error = err.Error()
			}
		}
		return out, nil
	})
}
