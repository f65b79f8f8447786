package fault

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"tiffin/platform/pause"
)

// tellEvery bounds how often a consumer says how far it is.
const tellEvery = 200 * time.Millisecond

// Replays are those that an instance with a state of its own has done, or need not do.
type Replays map[string]bool

// Replays returns what the consumer has been asked for so far, which an instance that reads the log from its start only then
// need not do.
func (s *Store) Replays(ctx context.Context, c Consumer) (Replays, error) {
	keys, err := s.requests.ListKeysFiltered(ctx, replaysOf(c)+"*")
	if err != nil {
		return nil, fmt.Errorf("replays for %s: %w", c, err)
	}
	asked := Replays{}
	for key := range keys.Keys() {
		asked[key] = true
	}
	return asked, ctx.Err()
}

type replay func(ctx context.Context, r Replay, told func(done, todo uint64)) (Replayed, error)

// ServeReplays calls handle with what the consumer is asked to replay, one after another, until ctx ends or handle fails; that
// error is returned, and what was asked stays so. Handle says how far it is as often as it likes. Done is nil where one instance
// does it for all. Where each has a state of its own, each does what it hasn't, whatever others have answered meanwhile, as when
// it was cut off; the first answer is told.
func (s *Store) ServeReplays(ctx context.Context, c Consumer, done Replays, handle replay) error {
	watched, err := s.requests.Watch(ctx, replaysOf(c)+"*", jetstream.IgnoreDeletes())
	if err != nil {
		return fmt.Errorf("replays for %s: %w", c, err)
	}
	defer func() { _ = watched.Stop() }()
	handled := Replays{}
	for {
		entry, err := next(ctx, watched)
		if err != nil {
			return fmt.Errorf("replays for %s: %w", c, err)
		}
		var r Replay
		// What can't be read was not asked by us; what was handled is what this instance or another says of it.
		if entry == nil || handled[entry.Key()] || json.Unmarshal(entry.Value(), &r) != nil {
			continue
		}
		if r.Outcome != nil && (done == nil || done[entry.Key()] || r.DryRun) {
			continue
		}
		if err := s.carryOut(ctx, entry, r, handle); err != nil {
			return err
		}
		handled[entry.Key()] = true
		if done != nil {
			done[entry.Key()] = true
		}
	}
}

// carryOut says what came of a replay, unless that was said.
func (s *Store) carryOut(ctx context.Context, entry jetstream.KeyValueEntry, r Replay, handle replay) error {
	if r.Outcome != nil {
		_, err := handle(ctx, r, func(uint64, uint64) {})
		return err
	}
	said := &saying{s: s, key: entry.Key(), asked: r, revision: entry.Revision()}
	telling, stop := context.WithCancel(ctx)
	told := make(chan struct{})
	go func() {
		defer close(told)
		said.keepTelling(telling)
	}()
	out, err := handle(ctx, r, said.reached)
	stop()
	<-told
	if err != nil {
		return err
	}
	return said.answer(ctx, out)
}

// saying is what a consumer says of a replay meanwhile and in the end.
type saying struct {
	s        *Store
	key      string
	asked    Replay
	revision uint64

	mu         sync.Mutex
	done, todo uint64
}

// reached only takes note: whoever says so may be holding others up, and the hub may be slow.
func (q *saying) reached(done, todo uint64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.done, q.todo = done, todo
}

// keepTelling tells how far it is until ctx ends. It is a courtesy: where another has said something, it is left at that.
func (q *saying) keepTelling(ctx context.Context) {
	now := q.asked
	for pause.For(ctx, tellEvery) == nil {
		before := now.Done
		q.mu.Lock()
		now.Done, now.Todo = q.done, q.todo
		q.mu.Unlock()
		if now.Done == before {
			continue
		}
		if value, err := json.Marshal(now); err == nil {
			if revision, err := q.s.requests.Update(ctx, q.key, value, q.revision); err == nil {
				q.revision = revision
			}
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
