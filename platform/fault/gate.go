package fault

import (
	"context"
	"errors"
	"hash/maphash"
	"sync"

	"tiffin/platform/eventlog"
)

// Gate is for a consumer that keeps no marks of its own, and of which one instance is active: it knows which keys stand behind
// faults. What comes for one of them is parked, until its sequence was processed. It is safe for concurrent use.
type Gate struct {
	store    *Store
	consumer Consumer
	words    Words
	// turns are taken by who parks for a key and who opens it, so that nothing is parked behind a gate that has opened.
	turns [64]sync.Mutex
	seed  maphash.Seed

	mu sync.Mutex
	// closed are the ids of the faults, waiting what is to be done when they are gone.
	closed  map[string]bool
	waiting map[string][]func()
}

// Words returns what an event says of persons, for that to be kept out of what is told of it. An error says that it can't be
// known yet.
type Words func(context.Context, eventlog.Record) ([]string, error)

// Gate returns a consumer's, closed for all that is parked for it.
func (s *Store) Gate(ctx context.Context, c Consumer, w Words) (*Gate, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	ids, err := s.Keys(ctx, c)
	if err != nil {
		return nil, err
	}
	g := &Gate{store: s, consumer: c, words: w, seed: maphash.MakeSeed(), closed: map[string]bool{}, waiting: map[string][]func(){}}
	for _, id := range ids {
		g.closed[id] = true
	}
	return g, nil
}

// Closed reports whether the key stands behind a fault.
func (g *Gate) Closed(k Key) bool { return g.isClosed(ID(g.consumer, k)) }

func (g *Gate) isClosed(id string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed[id]
}

// Wait calls do once the key flows again, and returns true; false: it flows. Who waits is forgotten with the gate.
func (g *Gate) Wait(k Key, do func()) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	id := ID(g.consumer, k)
	if g.closed[id] {
		g.waiting[id] = append(g.waiting[id], do)
	}
	return g.closed[id]
}

// Pass processes an event for the key, unless that stands behind a fault. What is poison, or stands behind it, is parked; any
// other error is returned, and says that the event was neither processed nor parked, as far as is known. Whoever calls it
// passes the events of a key in order, and may repeat one.
func (g *Gate) Pass(ctx context.Context, k Key, r eventlog.Record, process func() error) (parked bool, err error) {
	entry := Entry{Consumer: g.consumer, Key: k, Event: r}
	turn := &g.turns[maphash.String(g.seed, entry.FaultID())%uint64(len(g.turns))]
	behind := func() (bool, error) {
		turn.Lock()
		defer turn.Unlock()
		if !g.Closed(k) {
			return false, nil
		}
		return true, g.store.Park(ctx, entry)
	}
	if g.Closed(k) {
		if parked, err = behind(); parked {
			return err == nil, err
		}
	}
	why := Catch(process)
	if !IsPoison(why) {
		return false, why
	}
	turn.Lock()
	defer turn.Unlock()
	if err := g.explain(ctx, &entry, why); err != nil {
		return false, err
	}
	if err := g.store.Park(ctx, entry); err != nil {
		return false, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed[entry.FaultID()] = true
	return true, nil
}

// explain says in the entry why it can't be processed.
func (g *Gate) explain(ctx context.Context, e *Entry, why error) error {
	words, err := g.words(ctx, e.Event)
	if err == nil {
		e.Error, e.Stack = Explain(why, words...)
	}
	return err
}

// IsPoison reports whether an error will not pass.
func IsPoison(err error) bool {
	var p *Poison
	return errors.As(err, &p)
}

// Resubmit lets process have what is parked under a fault's id again, in order, until all is done or an entry still is poison;
// only then does the key flow. Process may be called again for what it has processed. In a dry run it changes nothing, and
// nothing is changed here. Any other error of process ends it, too: then the rest stays as it is.
func (g *Gate) Resubmit(ctx context.Context, r Request, process func(Entry) error) (out Outcome, err error) {
	return g.store.again(ctx, r, repetition{process: process, explain: g.explain, open: g.open})
}

// open lets the key flow again, unless more was parked for it meanwhile.
func (g *Gate) open(ctx context.Context, id string) (bool, error) {
	turn := &g.turns[maphash.String(g.seed, id)%uint64(len(g.turns))]
	turn.Lock()
	positions, err := g.store.positions(ctx, prefix+id+".*")
	if err != nil || len(positions[id]) > 0 {
		turn.Unlock()
		return false, err
	}
	g.mu.Lock()
	waiting := g.waiting[id]
	delete(g.closed, id)
	delete(g.waiting, id)
	g.mu.Unlock()
	turn.Unlock()
	for _, do := range waiting {
		do()
	}
	return true, nil
}

// Serve answers the requests to the consumer until ctx ends. Again returns the function by which a request's entries are
// processed, and is called for each request.
func (g *Gate) Serve(ctx context.Context, again func(context.Context, Request) func(Entry) error) error {
	return g.store.serveEach(ctx, g.consumer, func(ctx context.Context, r Request) (Outcome, error) {
		return g.Resubmit(ctx, r, again(ctx, r))
	})
}
