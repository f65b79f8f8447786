package fault

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// tellEvery bounds how often a consumer says how far it is.
const tellEvery = 200 * time.Millisecond

// ServeReplays calls handle with what the consumer is asked to replay, one after another, until ctx ends or handle fails; that
// error is returned, and what was asked stays so. Handle says how far it is as often as it likes. Where several instances serve,
// each is asked, and the first answer is told.
func (s *Store) ServeReplays(
	ctx context.Context, c Consumer, handle func(ctx context.Context, r Replay, told func(done, todo uint64)) (Replayed, error),
) error {
	watched, err := s.requests.Watch(ctx, replaysOf(c)+"*", jetstream.IgnoreDeletes())
	if err != nil {
		return fmt.Errorf("replays for %s: %w", c, err)
	}
	defer func() { _ = watched.Stop() }()
	handled := map[string]bool{}
	for {
		var entry jetstream.KeyValueEntry
		open := true
		select {
		case <-ctx.Done():
			return ctx.Err()
		case entry, open = <-watched.Updates():
		}
		if !open {
			return fmt.Errorf("replays for %s: the connection has ended", c)
		}
		var r Replay
		// What can't be read was not asked by us; what was handled is what this instance or another says of it.
		if entry == nil || handled[entry.Key()] || json.Unmarshal(entry.Value(), &r) != nil || r.Outcome != nil {
			continue
		}
		said := &saying{s: s, key: entry.Key(), asked: r, revision: entry.Revision()}
		out, err := handle(ctx, r, func(done, todo uint64) { said.reached(ctx, done, todo) })
		if err != nil {
			return err
		}
		if err := said.answer(ctx, out); err != nil {
			return err
		}
		handled[entry.Key()] = true
	}
}

// saying is what a consumer says of a replay meanwhile and in the end.
type saying struct {
	s        *Store
	key      string
	asked    Replay
	revision uint64
	last     time.Time
}

// reached is a courtesy: where another has said something, it is left at that.
func (q *saying) reached(ctx context.Context, done, todo uint64) {
	if time.Since(q.last) < tellEvery {
		return
	}
	q.last = time.Now()
	now := q.asked
	now.Done, now.Todo = done, todo
	if value, err := json.Marshal(now); err == nil {
		if revision, err := q.s.requests.Update(ctx, q.key, value, q.revision); err == nil {
			q.revision = revision
		}
	}
}

// answer tells the outcome, unless another has, or nobody wants to know any more.
func (q *saying) answer(ctx context.Context, out Replayed) error {
	q.asked.Outcome = &out
	value, err := json.Marshal(q.asked)
	if err != nil {
		return err
	}
	for revision := q.revision; ; {
		if _, err := q.s.requests.Update(ctx, q.key, value, revision); !conflict(err) {
			return err
		}
		entry, err := q.s.requests.Get(ctx, q.key)
		if q.asked.DryRun && errors.Is(err, jetstream.ErrKeyNotFound) { // it was withdrawn
			return nil
		}
		if err != nil {
			return fmt.Errorf("answer for %s: %w", q.key, err)
		}
		var now Replay
		if json.Unmarshal(entry.Value(), &now) != nil || now.Outcome != nil {
			return nil
		}
		revision = entry.Revision()
	}
}
