package replica

import (
	"context"
	"errors"
	"fmt"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/seal"
)

// handle folds a batch. What can't be folded is parked before readers hear of the batch, so that whoever sees that an
// aggregate stands behind a fault finds it there.
func (r *Replica[S]) handle(ctx context.Context, b eventlog.Batch) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	changed, position := map[string]aggregate[S]{}, uint64(0)
	var parked []fault.Entry
	for _, e := range b.Events {
		a, ok := changed[e.AggregateID]
		if !ok {
			a = r.known[e.AggregateID] // who has the turn is the only one to write
		}
		if entry, poison := r.take(&a, e); poison {
			parked = append(parked, entry)
			r.tell(ctx, entry)
		}
		changed[e.AggregateID], position = a, e.Position
	}
	if err := r.park(ctx, parked); err != nil {
		return err
	}
	r.mu.Lock()
	for id, a := range changed {
		r.known[id] = a
	}
	r.position = max(r.position, position)
	r.mu.Unlock()
	if b.Pending == 0 && !r.Ready() {
		close(r.ready)
	}
	return nil
}

// take folds the event into the aggregate, or has it stand behind a fault; then the entry is to be parked.
func (r *Replica[S]) take(a *aggregate[S], e eventlog.Event) (entry fault.Entry, parked bool) {
	if a.from > 0 {
		a.to = e.Position
		return r.entry(e, nil), true
	}
	after, err := r.spec.fold(a.state, e)
	if err != nil {
		a.subject, a.from, a.to = e.Record.Subject, e.Position, e.Position
		return r.entry(e, err), true
	}
	a.state = after
	return fault.Entry{}, false
}

func key(subject string) fault.Key { return fault.Key{Kind: fault.Subject, ID: subject} }

// entry is what is parked of an event: with why it can't be folded, or behind another.
func (r *Replica[S]) entry(e eventlog.Event, why error) fault.Entry {
	out := fault.Entry{Consumer: r.spec.consumer(), Key: key(e.Record.Subject), Event: e.Record}
	if why != nil {
		var words []string
		if e.Data != nil {
			words = seal.Words(e.Data)
		}
		out.Error, out.Stack = fault.Explain(why, words...)
	}
	return out
}

func (r *Replica[S]) park(ctx context.Context, entries []fault.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	if r.o.Faults == nil {
		return fmt.Errorf("event %d: %w", entries[0].Event.Position, errors.New(entries[0].Error))
	}
	return r.retry(ctx, "park events", func() error { return r.o.Faults.Park(ctx, entries...) })
}

func (r *Replica[S]) tell(ctx context.Context, e fault.Entry) {
	if e.Error != "" {
		r.o.Logger.ErrorContext(ctx, "an event can't be folded: it and what follows for its aggregate are parked, the rest goes on",
			"fault", e.FaultID(), "position", e.Event.Position, "error", e.Error)
	}
}
