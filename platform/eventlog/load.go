package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/synadia-io/orbit.go/jetstreamext"

	"tiffin/platform/hub/leader"
	"tiffin/platform/pause"
)

const loadBatch = 1000

// load folds what the log has of the aggregate beyond the entry's last event. Any replica may answer, so it may miss the
// newest events: the guard catches that for appends, and atLeast, where it is known how far the log has come. While nobody
// answers, as when a leader was lost, it asks again, and goes on where it was, until ctx ends.
func (a *Aggregate[S, E]) load(ctx context.Context, id string, e *entry[S], atLeast uint64) error {
	for {
		guard, err := a.loadOnce(ctx, id, e)
		if err != nil && (!leader.Unanswered(err) || ctx.Err() != nil) {
			e.forget()
			return err
		}
		if err == nil && e.last >= max(atLeast, guard) {
			e.loaded, e.guard = true, guard
			return nil
		}
		if err := pause.For(ctx, retryPause); err != nil {
			return err
		}
	}
}

// loadOnce returns what the next append is to be guarded by: the aggregate's last event in the hub.
func (a *Aggregate[S, E]) loadOnce(ctx context.Context, id string, e *entry[S]) (guard uint64, err error) {
	if a.log.perhapsInLake(id) {
		return a.loadOld(ctx, id, e)
	}
	err = a.log.each(ctx, subjectOf(a.domain, id), e.last, func(r Record) error { return a.foldRecord(ctx, e, r) })
	return e.last, err
}

// loadOld reads the hub first and the lake behind it, as what leaves the hub is in the lake first. What the hub still has, its
// leader says.
func (a *Aggregate[S, E]) loadOld(ctx context.Context, id string, e *entry[S]) (guard uint64, err error) {
	var here []Record
	err = a.log.each(ctx, subjectOf(a.domain, id), e.last, func(r Record) error {
		here = append(here, r)
		return nil
	})
	if err != nil {
		return 0, err
	}
	if guard, err = a.confirm(ctx, id); err != nil {
		return 0, err
	}
	there, err := a.log.inLake(ctx, id, e.last, a.domain)
	if err != nil {
		return 0, err
	}
	for _, r := range merged(here, there) {
		if err := a.foldRecord(ctx, e, r); err != nil {
			return 0, err
		}
	}
	return guard, nil
}

// each calls do with the hub's messages of a subject behind a position, in order. Any replica may answer.
func (l *Log) each(ctx context.Context, subject string, after uint64, do func(Record) error) error {
	for {
		n := 0
		msgs, err := jetstreamext.GetBatch(ctx, l.js, Stream, loadBatch,
			jetstreamext.GetBatchSubject(subject), jetstreamext.GetBatchSeq(after+1))
		if err != nil {
			return fmt.Errorf("load %s: %w", subject, err)
		}
		for m, err := range msgs {
			if errors.Is(err, jetstreamext.ErrNoMessages) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("load %s: %w", subject, err)
			}
			if err := do(RecordOf(m)); err != nil {
				return err
			}
			after = m.Sequence
			n++
		}
		if n < loadBatch {
			return nil
		}
	}
}

func (a *Aggregate[S, E]) foldRecord(ctx context.Context, e *entry[S], r Record) error {
	event := a.log.decode(r, a.reading)
	if err := open(ctx, a.log.o.Keys, &event, Opened); err != nil {
		return err
	}
	return a.fold(e, event)
}
