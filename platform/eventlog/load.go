package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"

	"tiffin/platform/hub/leader"
)

const loadBatch = 1000

// load folds what the log has of the aggregate beyond the entry's last event. Any replica may answer, so it may miss the
// newest events: the guard catches that for appends, and atLeast, where it is known how far the log has come. While nobody
// answers, as when a leader was lost, it asks again, and goes on where it was, until ctx ends.
func (a *Aggregate[S, E]) load(ctx context.Context, id string, e *entry[S], atLeast uint64) error {
	for {
		err := a.loadOnce(ctx, id, e)
		if err != nil && (!leader.Unanswered(err) || ctx.Err() != nil) {
			e.forget()
			return err
		}
		if err == nil && e.last >= atLeast {
			e.loaded = true
			return nil
		}
		if err := pause(ctx, retryPause); err != nil {
			return err
		}
	}
}

func (a *Aggregate[S, E]) loadOnce(ctx context.Context, id string, e *entry[S]) error {
	for {
		n := 0
		msgs, err := jetstreamext.GetBatch(ctx, a.log.js, Stream, loadBatch,
			jetstreamext.GetBatchSubject(subjectOf(a.domain, id)), jetstreamext.GetBatchSeq(e.last+1))
		if err != nil {
			return fmt.Errorf("load %s %s: %w", a.domain, id, err)
		}
		for msg, err := range msgs {
			if errors.Is(err, jetstreamext.ErrNoMessages) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("load %s %s: %w", a.domain, id, err)
			}
			if err := a.foldMessage(ctx, e, msg); err != nil {
				return err
			}
			n++
		}
		if n < loadBatch {
			return nil
		}
	}
}

func (a *Aggregate[S, E]) foldMessage(ctx context.Context, e *entry[S], msg *jetstream.RawStreamMsg) error {
	event := decode(msg.Sequence, msg.Subject, msg.Header, msg.Data, a.reading)
	if err := open(ctx, a.log.o.Keys, &event, Opened); err != nil {
		return err
	}
	return a.fold(e, event)
}
