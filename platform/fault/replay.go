package fault

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Replay asks a consumer to take events of the log into account once more, faults or none. Only views and replicas do, which
// send nothing to anybody: what the events concern they make anew from the log.
type Replay struct {
	// Positions of the events.
	Positions []uint64 `json:"positions"`
	// DryRun asks what would come of it, and changes nothing.
	DryRun bool      `json:"dry_run,omitempty"`
	Time   time.Time `json:"time"`
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
	// Behind is how many of those stand behind faults now.
	Behind int `json:"behind,omitempty"`
	// Error is why nothing was done.
	Error string `json:"error,omitempty"`
}

// MostReplayed bounds how many events one replay is about.
const MostReplayed = 10_000

// ErrTooMany says that a view is better rebuilt.
var ErrTooMany = fmt.Errorf("a replay is about %d events at most", MostReplayed)

// replayKey is where a consumer is asked: one place for all generations of a version.
func replayKey(c Consumer) string {
	c.Generation = 0
	return "replay." + c.String()
}

// Replay asks, in the place of what was asked before, and waits for the outcome until ctx ends; told is called with how far
// it is. What was asked stays so when this is cut short: a consumer that does not run does it when it does.
func (s *Store) Replay(ctx context.Context, c Consumer, r Replay, told func(done, todo uint64)) (out Replayed, err error) {
	if len(r.Positions) > MostReplayed {
		return out, ErrTooMany
	}
	r.Time = s.now()
	value, err := json.Marshal(r)
	if err != nil {
		return out, err
	}
	key := replayKey(c)
	revision, err := s.requests.Put(ctx, key, value)
	if err != nil {
		return out, fmt.Errorf("ask %s: %w", key, err)
	}
	answers, err := s.requests.Watch(ctx, key)
	if err != nil {
		return out, fmt.Errorf("wait for %s: %w", key, err)
	}
	defer func() { _ = answers.Stop() }() // it has ended with the connection, if that fails
	for {
		select {
		case <-ctx.Done():
			return out, ctx.Err()
		case entry, open := <-answers.Updates():
			if !open {
				return out, fmt.Errorf("wait for %s: the connection has ended", key)
			}
			if entry == nil || entry.Revision() <= revision {
				continue
			}
			var now Replay
			if err := json.Unmarshal(entry.Value(), &now); err != nil {
				return out, fmt.Errorf("answer for %s: %w", key, err)
			}
			if !now.Time.Equal(r.Time) || now.DryRun != r.DryRun {
				return out, fmt.Errorf("replay to %s: %w", c, errAskedAgain)
			}
			if now.Outcome != nil {
				return *now.Outcome, nil
			}
			told(now.Done, now.Todo)
		}
	}
}
