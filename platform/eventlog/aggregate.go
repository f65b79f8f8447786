package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/problem"
)

// Meta is what an evolve function may know of an event beside its data.
type Meta struct {
	// ID of the aggregate.
	ID string
	// EventID is the event's own.
	EventID string
	// Position and Time of the event.
	Position uint64
	Time     time.Time
}

// Aggregate executes commands on the aggregates of one domain: S is their folded state, E the domain's event message.
// It is safe for concurrent use; commands on one aggregate run one after another within a process, and under the guard
// between processes.
type Aggregate[S any, E proto.Message] struct {
	log      *Log
	evolve   func(S, E, Meta) (S, error)
	domain   string
	reading  reading
	cache    *lru.Cache[string, *entry[S]]
	outcomes outcomes
}

// entry is one aggregate as it was folded last.
type entry[S any] struct {
	// turn holds a token while nobody works on the entry; a channel, so that waiting can end with a context.
	turn   chan struct{}
	loaded bool
	state  S
	// last event of the aggregate, and the last of those that the hub has: 0 where all of them are in the lake.
	last, guard uint64
	accepted    commands
}

// NewAggregate returns the aggregates of E's domain. evolve folds one event into a state; it may change and return the
// state that it is given, and returns an error for an event that it does not know.
func NewAggregate[S any, E proto.Message](log *Log, evolve func(S, E, Meta) (S, error)) *Aggregate[S, E] {
	var prototype E
	cache, err := lru.New[string, *entry[S]](log.o.CacheSize)
	if err != nil { // Open has made the size positive
		panic(err)
	}
	log.cached(cache)
	return &Aggregate[S, E]{
		log: log, evolve: evolve, domain: DomainOf(prototype), reading: log.reading(prototype), cache: cache,
		outcomes: outcomesOf(DomainOf(prototype)),
	}
}

// acquire returns the entry of an aggregate, to be worked on by the caller alone until release.
func (a *Aggregate[S, E]) acquire(ctx context.Context, id string) (*entry[S], error) {
	e, ok := a.cache.Get(id)
	if !ok {
		fresh := &entry[S]{turn: make(chan struct{}, 1)}
		fresh.turn <- struct{}{}
		if e, ok, _ = a.cache.PeekOrAdd(id, fresh); !ok {
			e = fresh
		}
	}
	select {
	case <-e.turn:
		return e, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (e *entry[S]) release() { e.turn <- struct{}{} }

func (e *entry[S]) forget() {
	var zero S
	e.loaded, e.state, e.last, e.guard, e.accepted = false, zero, 0, 0, commands{}
}

// fold applies one event of the log.
func (a *Aggregate[S, E]) fold(e *entry[S], event Event) error {
	if errors.Is(event.Err, ErrNewer) { // a process of that version takes the command, if it is repeated
		return problem.New(problem.Unavailable, "NEWER_VERSION", "a newer version has changed this record; please repeat")
	}
	if event.Err != nil {
		return fmt.Errorf("event %d of %s: %w", event.Position, event.AggregateID, event.Err)
	}
	data, ok := event.Data.(E)
	if !ok {
		return fmt.Errorf("event %d of %s: is a %T", event.Position, event.AggregateID, event.Data)
	}
	state, err := a.evolve(e.state, data, Meta{ID: event.AggregateID, EventID: event.ID, Position: event.Position, Time: event.Time})
	if err != nil {
		return fmt.Errorf("event %d of %s: %w", event.Position, event.AggregateID, err)
	}
	e.state, e.last = state, event.Position
	e.accepted.remember(event.CommandID, event.Fingerprint, event.Position)
	return nil
}
