package view

import (
	"context"
	"errors"
	"slices"

	"tiffin/platform/fault"
)

// settle makes the store of faults agree with the database when this applier takes over. What is parked and was processed is
// forgotten; what stands behind a fault that isn't parked, because the database was set back to before it was resolved, is
// tried again, and parked again where that fails.
func (a *applier[D]) settle(ctx context.Context) error {
	if a.faults == nil {
		return nil
	}
	var stored map[string]Span
	if a.at.Parked > 0 {
		err := a.retry(ctx, "find parked documents", func() (err error) {
			stored, err = a.store.parked(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	a.parked = map[string]bool{}
	from := map[string]uint64{}
	for id, span := range stored {
		a.parked[id] = true
		from[fault.ID(a.consumer, fault.Key{Kind: fault.Document, ID: id})] = span.From
	}
	for _, s := range a.at.Subjects {
		from[fault.ID(a.consumer, fault.Key{Kind: fault.Subject, ID: s.Subject})] = s.From
	}
	var there []string
	err := a.retry(ctx, "list faults", func() (err error) {
		there, err = a.faults.Keys(ctx, a.consumer)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range there {
		through := a.at.Position
		if first, ok := from[id]; ok {
			through = first - 1
		}
		if err := a.retry(ctx, "forget parked events", func() error { return a.faults.Drop(ctx, id, through) }); err != nil {
			return err
		}
	}
	return a.heal(ctx, stored, there)
}

func (a *applier[D]) heal(ctx context.Context, stored map[string]Span, there []string) error {
	for id := range stored {
		if !slices.Contains(there, fault.ID(a.consumer, fault.Key{Kind: fault.Document, ID: id})) {
			if _, err := a.resubmit(ctx, id, false); err != nil {
				return err
			}
		}
	}
	for _, s := range slices.Clone(a.at.Subjects) {
		if slices.Contains(there, fault.ID(a.consumer, fault.Key{Kind: fault.Subject, ID: s.Subject})) {
			continue
		}
		if err := a.resubmitSubject(ctx, s.Subject); err != nil {
			return err
		}
	}
	return nil
}

func (a *applier[D]) resubmitSubject(ctx context.Context, subject string) error {
	for {
		r := newRefolding(a, []string{subject})
		err := r.begin(ctx)
		if err == nil {
			err = r.finish(ctx)
		}
		if !errors.Is(err, errOvertaken) {
			return err
		}
	}
}
