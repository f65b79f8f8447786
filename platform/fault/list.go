package fault

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// Query chooses faults. Its zero value is all of them.
type Query struct {
	// IDs of faults; none: any.
	IDs []string
	// Kind, Owner and Name of the consumer; empty: any.
	Kind, Owner, Name string
	// Error is part of what the first event's error says; empty: anything.
	Error string
}

func (q Query) filter() string {
	return prefix + strings.Join([]string{cmp.Or(q.Kind, "*"), cmp.Or(q.Owner, "*"), cmp.Or(q.Name, "*"), ">"}, ".")
}

func (q Query) matches(f Fault) bool {
	return strings.Contains(f.First.Error, q.Error)
}

// List returns the faults of the query in the order of their ids, after the id of an earlier one and at most limit of them
// (0: all).
func (s *Store) List(ctx context.Context, q Query, after string, limit int) ([]Fault, error) {
	positions, err := s.positions(ctx, q.filter())
	if err != nil {
		return nil, err
	}
	var out []Fault
	for _, id := range slices.Sorted(maps.Keys(positions)) {
		if id <= after || len(q.IDs) > 0 && !slices.Contains(q.IDs, id) {
			continue
		}
		at := positions[id]
		e, err := s.cause(ctx, id, at)
		if errors.Is(err, jetstream.ErrMsgNotFound) { // it was resolved meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		if f := (Fault{ID: id, First: e, Count: len(at), Last: at[len(at)-1]}); q.matches(f) {
			out = append(out, f)
		}
		if limit > 0 && len(out) == limit {
			break
		}
	}
	return out, nil
}

// positions returns where the events are that are parked under subjects, in order, by the ids of their faults.
func (s *Store) positions(ctx context.Context, filter string) (map[string][]uint64, error) {
	info, err := s.stream.Info(ctx, jetstream.WithSubjectFilter(filter))
	if err != nil {
		return nil, fmt.Errorf("list faults: %w", err)
	}
	out := map[string][]uint64{}
	for subject := range info.State.Subjects {
		cutAt := strings.LastIndexByte(subject, '.')
		position, err := strconv.ParseUint(subject[cutAt+1:], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is no subject of a fault: %w", subject, err)
		}
		id := strings.TrimPrefix(subject[:cutAt], prefix)
		out[id] = append(out[id], position)
	}
	for _, at := range out {
		slices.Sort(at)
	}
	return out, nil
}

// cause returns the first entry that has an error: an outcome of a command may stand before what its process can't decide on.
// Where none has, it is the first.
func (s *Store) cause(ctx context.Context, id string, positions []uint64) (first Entry, err error) {
	for i, at := range positions {
		e, err := s.entry(ctx, id, at)
		if err != nil || e.Error != "" {
			return e, err
		}
		if i == 0 {
			first = e
		}
	}
	return first, nil
}

func (s *Store) entry(ctx context.Context, id string, position uint64) (Entry, error) {
	subject := subjectOf(id, position)
	m, err := s.stream.GetLastMsgForSubject(ctx, subject)
	if err != nil {
		return Entry{}, fmt.Errorf("read %s: %w", subject, err)
	}
	return parse(m.Subject, m.Sequence, m.Header, m.Data)
}

// errNotThere: what was listed a moment ago is not there yet, or not any more.
var errNotThere = errors.New("it is not there yet")

// readAtOnce bounds what one request reads.
const readAtOnce = 1000

// Sequence returns what is parked under the fault's id, in the log's order. Where the replica that answers is not as far as
// the stream's leader, as may be for a moment, it fails.
func (s *Store) Sequence(ctx context.Context, id string) ([]Entry, error) {
	positions, err := s.positions(ctx, prefix+id+".*")
	if err != nil {
		return nil, err
	}
	found := map[uint64]Entry{}
	for from := uint64(1); ; {
		n, last, err := s.readInto(ctx, found, id, from)
		if err != nil {
			return nil, fmt.Errorf("read the sequence of %s: %w", id, err)
		}
		if n < readAtOnce {
			break
		}
		from = last + 1
	}
	out := make([]Entry, 0, len(found))
	for _, p := range positions[id] {
		e, ok := found[p]
		if !ok {
			return nil, fmt.Errorf("read the sequence of %s: event %d: %w", id, p, errNotThere)
		}
		out = append(out, e)
	}
	return out, nil
}

func (s *Store) readInto(ctx context.Context, found map[uint64]Entry, id string, from uint64) (n int, last uint64, err error) {
	messages, err := jetstreamext.GetBatch(ctx, s.js, Stream, readAtOnce,
		jetstreamext.GetBatchSubject(prefix+id+".*"), jetstreamext.GetBatchSeq(from))
	if err != nil {
		return 0, 0, err
	}
	for m, err := range messages {
		if errors.Is(err, jetstreamext.ErrNoMessages) {
			break
		}
		if err != nil {
			return 0, 0, err
		}
		e, err := parse(m.Subject, m.Sequence, m.Header, m.Data)
		if err != nil {
			return 0, 0, err
		}
		found[e.Event.Position], last, n = e, m.Sequence, n+1
	}
	return n, last, nil
}

// Keys returns the ids of the faults of a consumer.
func (s *Store) Keys(ctx context.Context, c Consumer) ([]string, error) {
	positions, err := s.positions(ctx, prefix+c.String()+".>")
	return slices.Sorted(maps.Keys(positions)), err
}
