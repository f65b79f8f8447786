package fault

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Request asks a consumer to process a parked sequence again.
type Request struct {
	FaultID string `json:"-"`
	// DryRun asks what would come of it, and changes nothing.
	DryRun bool      `json:"dry_run,omitempty"`
	Time   time.Time `json:"time"`
	// Outcome is nil until the consumer has answered.
	Outcome  *Outcome `json:"outcome,omitempty"`
	revision uint64
	// asked is when the server took the request, by its clock.
	asked time.Time
}

// Outcome is what came of a request.
type Outcome struct {
	// Processed is how many of the events were processed, or would be.
	Processed int `json:"processed"`
	// Resolved: nothing is left, and the key flows again.
	Resolved bool `json:"resolved"`
	// At is the position of the event that still can't be processed, and Error why; the zero value where it is resolved.
	At    uint64 `json:"at,omitempty"`
	Error string `json:"error,omitempty"`
}

// rehearsals is where dry runs are asked for, which are to take nobody's place but that of a dry run.
const rehearsals = "rehearsal."

func (r Request) key() string {
	if r.DryRun {
		return rehearsals + r.FaultID
	}
	return r.FaultID
}

// ask leaves a request for the consumer, in the place of an earlier one for the same.
func (s *Store) ask(ctx context.Context, r Request) (revision uint64, err error) {
	r.Time = s.now()
	value, err := json.Marshal(r)
	if err != nil {
		return 0, err
	}
	if revision, err = s.requests.Put(ctx, r.key(), value); err != nil {
		return 0, fmt.Errorf("ask for %s: %w", r.FaultID, err)
	}
	return revision, nil
}

// await returns the outcome of a request, or of another that has taken its place.
func (s *Store) await(ctx context.Context, asked Request, revision uint64) (Outcome, error) {
	id := asked.FaultID
	answers, err := s.requests.Watch(ctx, asked.key())
	if err != nil {
		return Outcome{}, fmt.Errorf("wait for %s: %w", id, err)
	}
	defer func() { _ = answers.Stop() }() // it has ended with the connection, if that fails
	for {
		entry, err := next(ctx, answers)
		if err != nil {
			return Outcome{}, fmt.Errorf("wait for %s: %w", id, err)
		}
		if entry == nil || entry.Revision() <= revision {
			continue
		}
		switch r, err := readRequest(entry); {
		case err != nil:
			return Outcome{}, err
		case r.Outcome != nil:
			return *r.Outcome, nil
		}
	}
}

// next returns what comes next, and nil once all that was there has come.
func next(ctx context.Context, w jetstream.KeyWatcher) (jetstream.KeyValueEntry, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case entry, open := <-w.Updates():
		if !open {
			return nil, errors.New("the connection has ended")
		}
		return entry, nil
	}
}

func readRequest(entry jetstream.KeyValueEntry) (Request, error) {
	r := Request{FaultID: strings.TrimPrefix(entry.Key(), rehearsals), revision: entry.Revision(), asked: entry.Created()}
	if err := json.Unmarshal(entry.Value(), &r); err != nil {
		return r, fmt.Errorf("request for %s: %w", r.FaultID, err)
	}
	return r, nil
}

// serveAtOnce bounds how many requests are handled together.
const serveAtOnce = 1000

// Serve calls handle with the requests to the consumer, those that nobody has answered yet first, until ctx ends or handle
// fails; that error is returned. Those that have come meanwhile are handled together. The outcomes answer them.
func (s *Store) Serve(ctx context.Context, c Consumer, handle func(context.Context, []Request) ([]Outcome, error)) error {
	watched, err := s.requests.WatchFiltered(ctx, []string{c.String() + ".>", rehearsals + c.String() + ".>"}, jetstream.IgnoreDeletes())
	if err != nil {
		return fmt.Errorf("requests for %s: %w", c, err)
	}
	defer func() { _ = watched.Stop() }()
	for {
		asked, err := gather(ctx, watched)
		if err != nil {
			return fmt.Errorf("requests for %s: %w", c, err)
		}
		if len(asked) == 0 {
			continue
		}
		out, err := handle(ctx, asked)
		if err != nil {
			return err
		}
		for i := range asked {
			if err := s.answer(ctx, asked[i], out[i]); err != nil {
				return err
			}
		}
	}
}

// gather waits for a request, and takes what has come besides.
func gather(ctx context.Context, w jetstream.KeyWatcher) ([]Request, error) {
	var asked []Request
	for len(asked) == 0 || len(w.Updates()) > 0 && len(asked) < serveAtOnce {
		entry, err := next(ctx, w)
		if err != nil {
			return nil, err
		}
		if entry == nil {
			continue
		}
		if r, err := readRequest(entry); err == nil && r.Outcome == nil { // what can't be read was not asked by us
			asked = append(asked, r)
		}
	}
	return asked, nil
}

// answer tells the outcome, unless the same was asked for again meanwhile: then the next answer is for that, too.
func (s *Store) answer(ctx context.Context, r Request, out Outcome) error {
	r.Outcome = &out
	value, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = s.requests.Update(ctx, r.key(), value, r.revision)
	if conflict(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("answer for %s: %w", r.FaultID, err)
	}
	return nil
}
