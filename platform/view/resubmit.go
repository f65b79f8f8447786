package view

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// resubmit processes what is parked for a document again, in order, until it is done or an event still can't be applied. The
// document tells in one write how far it has come, so nothing is applied twice.
func (a *applier[D]) resubmit(ctx context.Context, id string, dryRun bool) (fault.Outcome, error) {
	key := fault.Key{Kind: fault.Document, ID: id}
	for {
		l := &lane[D]{id: id}
		if err := a.load(ctx, []*lane[D]{l}); err != nil {
			return fault.Outcome{}, err
		}
		if l.document == nil || l.document.Parked == nil {
			return fault.Outcome{Resolved: true}, a.forget(ctx, id, a.at.Position, dryRun)
		}
		span := *l.document.Parked
		concerns := func(e *Event) bool {
			ids, err := a.spec.route(e)
			return err == nil && slices.Contains(ids, id)
		}
		var err error
		if l.events, err = a.sequence(ctx, key, span, concerns); err != nil {
			return fault.Outcome{}, err
		}
		l.again = true
		if err := a.fold(ctx, []*lane[D]{l}, a.reapply); err != nil {
			return fault.Outcome{}, err
		}
		if err := l.pass(span); err != nil {
			return fault.Outcome{}, err
		}
		out := outcome(l.parked, len(l.events))
		if dryRun {
			return out, nil
		}
		if err := a.parkAgain(ctx, l.parked); err != nil {
			return out, err
		}
		write := []change{{id: id, was: l.was, raw: l.raw}}
		err = a.retry(ctx, "write a document", func() error { return a.store.write(ctx, write) })
		if errors.Is(err, errConflict) {
			continue
		}
		if err != nil {
			return out, err
		}
		if l.document.Parked != nil {
			return out, a.drop(ctx, key, l.document.Parked.From-1)
		}
		return out, a.forget(ctx, id, max(span.To, a.at.Position), false)
	}
}

// reapply applies an event to a document that it was routed to when it was parked.
func (a *applier[D]) reapply(d *Document[D], e *Event) error {
	ids, err := a.spec.route(e)
	if err != nil || !slices.Contains(ids, d.ID) { // or else it concerns the document no more
		return err
	}
	return a.spec.apply(d, e)
}

// pass moves a document that stands behind nothing any more past what was parked: even where none of that concerned it, it is
// not what it was.
func (l *lane[D]) pass(span Span) (err error) {
	if d := l.document; d.Parked == nil && d.Position < span.To {
		d.Position = span.To
		l.raw, err = marshal(d)
	}
	return err
}

// outcome tells what came of a sequence of which the entries are left.
func outcome(left []fault.Entry, of int) fault.Outcome {
	if len(left) == 0 {
		return fault.Outcome{Processed: of, Resolved: true}
	}
	return fault.Outcome{Processed: of - len(left), At: left[0].Event.Position, Error: left[0].Error}
}

// parkAgain says why the first of what is left can't be processed now, and sees that the rest stands behind it.
func (a *applier[D]) parkAgain(ctx context.Context, left []fault.Entry) error {
	if len(left) == 0 {
		return nil
	}
	return a.retry(ctx, "park events", func() error {
		if err := a.faults.Renew(ctx, left[0]); err != nil {
			return err
		}
		return a.faults.Park(ctx, left[1:]...)
	})
}

// forget lets a document flow again: it stands behind nothing, and what is still parked for it is in it.
func (a *applier[D]) forget(ctx context.Context, id string, through uint64, dryRun bool) error {
	if dryRun {
		return nil
	}
	if a.parked[id] {
		if err := a.move(ctx, a.at, with(a.parked, id, false)); err != nil {
			return err
		}
	}
	return a.drop(ctx, fault.Key{Kind: fault.Document, ID: id}, through)
}

func (a *applier[D]) drop(ctx context.Context, key fault.Key, through uint64) error {
	return a.retry(ctx, "forget parked events", func() error {
		return a.faults.Drop(ctx, fault.ID(a.consumer, key), through)
	})
}

// sequence returns what is parked for the key. What the store of faults doesn't have, as where the database was set back to
// before it was resolved, or where an event was too long for it, is in the log.
func (a *applier[D]) sequence(ctx context.Context, key fault.Key, span Span, concerns func(*Event) bool) ([]*Event, error) {
	var out []*Event
	err := a.retry(ctx, "read parked events", func() error {
		entries, err := a.faults.Sequence(ctx, fault.ID(a.consumer, key))
		if err != nil {
			return err
		}
		entries = slices.DeleteFunc(entries, func(e fault.Entry) bool {
			return e.Event.Position < span.From || e.Event.Position > span.To
		})
		out, err = a.decode(ctx, entries)
		return err
	})
	if err != nil {
		return nil, err
	}
	if n := len(out); n > 0 && out[0].Position == span.From && out[n-1].Position == span.To {
		return out, nil
	}
	out = nil
	held := subjectsOf(a.at)
	err = a.scan(ctx, span.From-1, span.To, func(e *Event) {
		if (key.Kind == fault.Subject || !held.hold(e)) && concerns(e) {
			out = append(out, e)
		}
	})
	return out, err
}

// decode reads parked events; nothing is returned where one is missing its data.
func (a *applier[D]) decode(ctx context.Context, entries []fault.Entry) ([]*Event, error) {
	out := make([]*Event, 0, len(entries))
	for _, entry := range entries {
		if entry.Event.Data == nil {
			return nil, nil
		}
		e, err := a.log.Decode(ctx, entry.Event, a.followed())
		if err != nil {
			return nil, err
		}
		out = append(out, &e)
	}
	return out, nil
}

func (a *applier[D]) followed() eventlog.FollowOptions {
	return eventlog.FollowOptions{Domains: a.spec.Reads, Personal: eventlog.OpenedBeside}
}

// errScanned ends a scan.
var errScanned = errors.New("scanned")

// scan shows the log's events after a position, through another that the log has reached.
func (a *applier[D]) scan(ctx context.Context, after, through uint64, show func(*Event)) error {
	o := a.followed()
	o.After = after
	if after >= through {
		return nil
	}
	err := a.log.Follow(ctx, o, func(_ context.Context, b eventlog.Batch) error {
		for i := range b.Events {
			if b.Events[i].Position > through {
				return errScanned
			}
			show(&b.Events[i])
		}
		if b.Pending == 0 || len(b.Events) > 0 && b.Events[len(b.Events)-1].Position == through {
			return errScanned
		}
		return nil
	})
	if errors.Is(err, errScanned) {
		return nil
	}
	return fmt.Errorf("read the log again: %w", err)
}
