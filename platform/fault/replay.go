package fault

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
)

// Replay asks a consumer to take events of the log into account once more, faults or none. Only views and replicas do, which
// send nothing to anybody: what the events concern they make anew from the log.
type Replay struct {
	// Positions of the events.
	Positions []uint64 `json:"positions"`
	// DryRun asks what would come of it, and changes nothing.
	DryRun bool `json:"dry_run,omitempty"`
	// Done and Todo are how many events have been read and are to be read for it.
	Done uint64 `json:"done,omitempty"`
	Todo uint64 `json:"todo,omitempty"`
	// Outcome is nil until the consumer has answered.
	Outcome *Replayed `json:"outcome,omitempty"`
}

// Replayed is what came of a replay.
type Replayed struct {
	// Concern is how many of the events concern the consumer, and Keys how many documents or aggregates were made anew, or would be.
	Concern int `json:"concern"`
	Keys    int `json:"keys"`
	// Behind is how many of those stand behind faults afterwards; in a dry run those of which that is known beforehand.
	Behind int `json:"behind,omitempty"`
	// Error is why nothing was done.
	Error string `json:"error,omitempty"`
}

// MostReplayed bounds how many events one replay is about.
const MostReplayed = 10_000

// ErrTooMany says that a view is better rebuilt.
var ErrTooMany = fmt.Errorf("a replay is about %d events at most", MostReplayed)

// replaysOf is where a consumer is asked, each time in a place of its own; all generations of a version are one consumer.
func replaysOf(c Consumer) string {
	c.Generation = 0
	return "replay." + c.String() + "."
}

// Replay asks, and waits for the outcome until ctx ends; the consumer does what it is asked for one after another. Told is
// called with how far it is, and with nothing done and nothing to do where it is busy with another. What was asked stays so when
// this is cut short: a consumer that does not run does it when it does. A dry run is withdrawn, then.
func (s *Store) Replay(ctx context.Context, c Consumer, r Replay, told func(done, todo uint64)) (out Replayed, err error) {
	if len(r.Positions) > MostReplayed {
		return out, ErrTooMany
	}
	value, err := json.Marshal(r)
	if err != nil {
		return out, err
	}
	key := replaysOf(c) + ulid.Make().String()
	if _, err := s.requests.Put(ctx, key, value); err != nil {
		return out, fmt.Errorf("ask %s: %w", key, err)
	}
	if r.DryRun {
		defer s.withdraw(ctx, key)
	}
	answers, err := s.requests.Watch(ctx, replaysOf(c)+"*", jetstream.IgnoreDeletes())
	if err != nil {
		return out, fmt.Errorf("wait for %s: %w", key, err)
	}
	defer func() { _ = answers.Stop() }() // it has ended with the connection, if that fails
	for before := true; ; {
		entry, err := next(ctx, answers)
		if err != nil {
			return out, fmt.Errorf("wait for %s: %w", key, err)
		}
		if entry == nil {
			before = false
			continue
		}
		var now Replay
		if json.Unmarshal(entry.Value(), &now) != nil { // it was not said by us
			continue
		}
		switch mine := entry.Key() == key; {
		case mine && now.Outcome != nil:
			return *now.Outcome, nil
		case mine && now.Todo > 0:
			told(now.Done, now.Todo)
		case !before && (now.Todo > 0 || now.Outcome != nil):
			told(0, 0)
		}
	}
}

// withdraw is a courtesy: nobody wants to know the outcome any more.
func (s *Store) withdraw(ctx context.Context, key string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), apiTimeout)
	defer cancel()
	_ = s.requests.Purge(ctx, key)
}
