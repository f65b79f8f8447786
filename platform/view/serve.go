package view

import (
	"context"
	"errors"
	"strings"

	"tiffin/platform/fault"
	"tiffin/platform/pause"
)

// serve answers requests until ctx ends. Only the active applier does.
func (v *View[D]) serve(ctx context.Context, a *applier[D]) {
	for ctx.Err() == nil && v.o.Faults != nil {
		err := v.o.Faults.Serve(ctx, a.consumer, func(ctx context.Context, asked []fault.Request) ([]fault.Outcome, error) {
			return v.resubmit(ctx, a, asked)
		})
		if ctx.Err() != nil {
			return
		}
		v.logger.WarnContext(ctx, "answering requests to resubmit again", "error", err)
		_ = pause.For(ctx, lastPause/4) // the loop sees when ctx ends
	}
}

// resubmit answers requests, each in a turn of its own; but for one reading of the log those for subjects are taken together.
func (v *View[D]) resubmit(ctx context.Context, a *applier[D], asked []fault.Request) ([]fault.Outcome, error) {
	out, bySubject := make([]fault.Outcome, len(asked)), map[bool]map[string][]int{false: {}, true: {}}
	for i, r := range asked {
		key, err := v.keyOf(ctx, r.FaultID)
		switch {
		case err != nil:
			return nil, err
		case key.Kind == fault.Document:
			err = v.inTurn(ctx, a, func() (changed []string, err error) {
				out[i], err = a.resubmit(ctx, key.ID, r.DryRun)
				return []string{key.ID}, err
			})
		case key.Kind == fault.Subject:
			bySubject[r.DryRun][key.ID] = append(bySubject[r.DryRun][key.ID], i)
		default: // it isn't there any more
			out[i] = fault.Outcome{Resolved: true}
		}
		if err != nil {
			return nil, err
		}
	}
	for dryRun, places := range bySubject {
		if err := v.resubmitSubjects(ctx, a, dryRun, places, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keyOf returns the key of a fault; the zero value where nothing is parked under its id.
func (v *View[D]) keyOf(ctx context.Context, id string) (fault.Key, error) {
	entries, err := v.o.Faults.Sequence(ctx, id)
	if err != nil || len(entries) == 0 {
		return fault.Key{}, err
	}
	return entries[0].Key, nil
}

// readings of the log without holding up the view; then it is held up, so that an end comes.
const readings = 3

func (v *View[D]) resubmitSubjects(ctx context.Context, a *applier[D], dryRun bool, places map[string][]int, out []fault.Outcome) error {
	if len(places) == 0 {
		return nil
	}
	var subjects []string
	for subject := range places {
		subjects = append(subjects, subject)
	}
	r, err := v.refold(ctx, a, dryRun, func() *refolding[D] { return newRefolding(a, subjects) }, nil)
	if err != nil {
		return err
	}
	for subject, is := range places {
		for _, i := range is {
			out[i] = r.outcome(subject)
		}
	}
	return nil
}

// refold makes documents anew, with as few turns of the view's as it takes; in a dry run it finds out which.
func (v *View[D]) refold(
	ctx context.Context, a *applier[D], dryRun bool, start func() *refolding[D], told func(*Event),
) (*refolding[D], error) {
	for try := 1; ; try++ {
		var r *refolding[D]
		var now progress
		begin := func() error {
			r, now = start(), a.at
			r.told = told
			return r.begin(ctx)
		}
		finish := func() error {
			if dryRun {
				return nil
			}
			return r.finish(ctx)
		}
		var err error
		if try < readings {
			err = v.inTurn(ctx, a, func() ([]string, error) { return nil, begin() })
			if err == nil && !dryRun {
				err = r.read(ctx, now)
			}
			if err == nil {
				err = v.inTurn(ctx, a, func() ([]string, error) { err := finish(); return r.changed, err })
			}
		} else {
			err = v.inTurn(ctx, a, func() ([]string, error) {
				if err := begin(); err != nil {
					return nil, err
				}
				err := finish()
				return r.changed, err
			})
		}
		if !errors.Is(err, errOvertaken) {
			return r, err
		}
	}
}

// inTurn does something to the applier between two batches, and tells what has come of it.
func (v *View[D]) inTurn(ctx context.Context, a *applier[D], do func() (changed []string, err error)) error {
	select {
	case v.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-v.turn }()
	if ctx.Err() != nil { // another generation may be served by now
		return context.Cause(ctx)
	}
	changed, err := do()
	v.change(func() {
		if ctx.Err() == nil { // else the database may have been set back
			v.standAt(a.at)
		}
	})
	if err == nil && len(changed) > 0 {
		v.announce(changed, nil)
	}
	return err
}

// consumer is a generation of the view: what one has parked is nothing to another, which may have been built by better code.
func (v *View[D]) consumer(number int) fault.Consumer {
	c := fault.Consumer{Kind: fault.View, Owner: v.o.BFF, Name: v.spec.Name, Version: v.spec.Version}
	if number > 1 {
		c.Generation = number
	}
	return c
}

// tell logs what was parked.
func (v *View[D]) tell(ctx context.Context, poison []fault.Entry) {
	for _, e := range poison {
		v.logger.ErrorContext(ctx, "an event can't be processed: it and what follows for its key are parked, the rest goes on",
			"fault", e.FaultID(), "position", e.Event.Position, "error", strings.TrimSpace(e.Error))
	}
}
