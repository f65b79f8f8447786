package view

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tiffin/platform/fault"
	"tiffin/platform/seal"
)

// faults is where an applier parks what it can't process.
type faults interface {
	Park(ctx context.Context, entries ...fault.Entry) error
	Renew(ctx context.Context, e fault.Entry) error
	Drop(ctx context.Context, id string, through uint64) error
	Sequence(ctx context.Context, id string) ([]fault.Entry, error)
	Keys(ctx context.Context, c fault.Consumer) ([]string, error)
}

// applier folds batches into the store. It is not safe for concurrent use.
type applier[D any] struct {
	spec     Spec[D]
	store    store[D]
	faults   faults
	log      source
	consumer fault.Consumer
	epoch    uint64
	at       progress
	// parked are the documents that stand behind faults.
	parked map[string]bool
	// retry repeats what may fail for a while.
	retry func(ctx context.Context, what string, do func() error) error
}

// applied is what one batch came to.
type applied struct {
	events []Event
	// routes are the documents that each event was applied to.
	routes    [][]string
	documents []string
	// poison is what could not be processed for the first time.
	poison     []fault.Entry
	pending    uint64
	writeStart time.Time
	writeEnd   time.Time
}

// apply processes one batch. What can't be processed is parked first, and what of it can't be routed is told by the checkpoint;
// then documents are written, and the checkpoint moves last, so that a crash at any point repeats work that parking twice and the
// documents' positions make harmless. Where there is no place to park, it stops before what can't be processed: then both what was
// applied and an error are returned.
func (a *applier[D]) apply(ctx context.Context, events []Event, pending uint64) (applied, error) {
	out := applied{pending: pending}
	for len(events) > 0 && events[0].Position <= a.at.Position {
		events = events[1:]
	}
	conflicts := map[string]int{}
	for {
		p, err := a.plan(ctx, events, conflicts)
		if err != nil {
			return out, err
		}
		if a.faults == nil && len(p.poison) > 0 {
			return a.applyBefore(ctx, events, pending, p.poison)
		}
		if len(p.entries) > 0 {
			if err := a.retry(ctx, "park events", func() error { return a.faults.Park(ctx, p.entries...) }); err != nil {
				return out, err
			}
		}
		if len(p.subjects) > len(a.at.Subjects) {
			// Documents are about to go past what can't be routed, and carry no mark of that: whoever takes over amid it must know.
			told := a.at
			told.Subjects = p.subjects
			if err := a.move(ctx, told, a.parked); err != nil {
				return out, err
			}
		}
		out.writeStart = time.Now()
		err = a.retry(ctx, "write documents", func() error { return a.store.write(ctx, p.changes) })
		if errors.Is(err, errConflict) {
			if most := count(conflicts, err); most > 2*maxConflicts {
				return out, fmt.Errorf("a document can't be marked as parked: %w", err)
			}
			continue
		}
		if err != nil {
			return out, err
		}
		out.writeEnd = time.Now()
		next := p.next(a, events, pending)
		if err := a.move(ctx, next, p.parked); err != nil {
			return out, err
		}
		out.events, out.routes, out.documents, out.poison = events, p.routes, p.documents, p.poison
		return out, nil
	}
}

// applyBefore processes what stands before the first event that can't be processed, and tells of that one.
func (a *applier[D]) applyBefore(ctx context.Context, events []Event, pending uint64, poison []fault.Entry) (out applied, err error) {
	first := slices.MinFunc(poison, func(a, b fault.Entry) int { return cmp.Compare(a.Event.Position, b.Event.Position) })
	n := slices.IndexFunc(events, func(e Event) bool { return e.Position == first.Event.Position })
	if n > 0 {
		if out, err = a.apply(ctx, events[:n], pending+uint64(len(events)-n)); err != nil {
			return out, err
		}
	}
	kind := strings.Join(first.Event.Header["ce-type"], "")
	return out, fmt.Errorf("stopped before event %d, %s: %s", first.Event.Position, kind, first.Error)
}

// count counts how often each document was refused, and returns how often one of these was.
func count(conflicts map[string]int, err error) (most int) {
	var r *refused
	if errors.As(err, &r) {
		for _, id := range r.ids {
			conflicts[id]++
			most = max(most, conflicts[id])
		}
	}
	return most
}

// move moves the checkpoint; parked are the documents that stand behind faults from then on.
func (a *applier[D]) move(ctx context.Context, next progress, parked map[string]bool) error {
	next.Parked = len(parked)
	err := a.retry(ctx, "move the checkpoint", func() error { return a.store.move(ctx, a.epoch, a.at.Position, next) })
	if err == nil {
		a.at, a.parked = next, parked
	}
	return err
}

// plan is what is to be done for a batch.
type plan[D any] struct {
	entries   []fault.Entry
	poison    []fault.Entry
	changes   []change
	routes    [][]string
	documents []string
	subjects  []parkedSubject
	parked    map[string]bool
}

func (a *applier[D]) plan(ctx context.Context, events []Event, conflicts map[string]int) (plan[D], error) {
	p := plan[D]{parked: a.parked, routes: make([][]string, len(events))}
	lanes, err := p.route(a, events)
	if err != nil {
		return p, err
	}
	for _, l := range lanes {
		l.refuse = conflicts[l.id] >= maxConflicts
	}
	if err := a.fold(ctx, lanes, a.spec.apply); err != nil {
		return p, err
	}
	for _, l := range lanes {
		p.add(l, events)
	}
	return p, nil
}

// add takes over what a lane has come to.
func (p *plan[D]) add(l *lane[D], events []Event) {
	p.parked = with(p.parked, l.id, l.document.Parked != nil)
	p.entries = append(p.entries, l.parked...)
	for _, e := range l.parked {
		if e.Error != "" {
			p.poison = append(p.poison, e)
		}
		i, _ := slices.BinarySearchFunc(events, e.Event.Position, func(x Event, at uint64) int { return cmp.Compare(x.Position, at) })
		p.routes[i] = slices.DeleteFunc(slices.Clone(p.routes[i]), func(id string) bool { return id == l.id })
	}
	if l.changed() {
		p.documents = append(p.documents, l.id)
		p.changes = append(p.changes, change{id: l.id, was: l.was, raw: l.raw})
	}
}

// with returns the set with or without the id. It leaves the one that it is given as it is.
func with(set map[string]bool, id string, in bool) map[string]bool {
	if set[id] == in {
		return set
	}
	out := maps.Clone(set)
	if out == nil {
		out = map[string]bool{}
	}
	if out[id] = true; !in {
		delete(out, id)
	}
	return out
}

// route makes a lane for each document that the events concern. What can't be routed is parked by its subject, and so is what
// follows on it.
func (p *plan[D]) route(a *applier[D], events []Event) ([]*lane[D], error) {
	var lanes []*lane[D]
	byID, parked := map[string]*lane[D]{}, subjectsOf(a.at)
	defer func() { p.subjects = parked.list }()
	for i := range events {
		e := &events[i]
		if parked.hold(e) {
			p.entries = append(p.entries, a.behind(e))
			parked.park(e)
			continue
		}
		ids, err := a.spec.route(e)
		if err != nil {
			if len(parked.list) == maxSubjects {
				return nil, fmt.Errorf("event %d can't be routed, nor those of %d other subjects: %w", e.Position, maxSubjects, err)
			}
			poison := a.unroutable(e, err)
			p.entries, p.poison = append(p.entries, poison), append(p.poison, poison)
			parked.park(e)
			continue
		}
		p.routes[i] = ids
		for _, id := range ids {
			if byID[id] == nil {
				byID[id] = &lane[D]{id: id}
				lanes = append(lanes, byID[id])
			}
			byID[id].events = append(byID[id].events, e)
		}
	}
	return lanes, nil
}

// maxSubjects that can't be routed are more than the events' fault: then the view waits for its own to be put right.
const maxSubjects = 10_000

func (a *applier[D]) behind(e *Event) fault.Entry {
	return fault.Entry{Consumer: a.consumer, Key: fault.Key{Kind: fault.Subject, ID: subjectOf(e)}, Event: recordOf(e)}
}

func (a *applier[D]) unroutable(e *Event, why error) fault.Entry {
	entry := a.behind(e)
	var words []string
	if e.Data != nil {
		words = seal.Words(e.Data)
	}
	entry.Error, entry.Stack = fault.Explain(why, words...)
	return entry
}

func (p *plan[D]) next(a *applier[D], events []Event, pending uint64) progress {
	next := progress{
		Position: a.at.Position, Domains: maps.Clone(a.at.Domains), Pending: pending, CaughtUp: a.at.CaughtUp || pending == 0,
		Subjects: p.subjects,
	}
	if next.Domains == nil {
		next.Domains = map[string]uint64{}
	}
	for _, e := range events {
		next.Position = max(next.Position, e.Position)
		next.Domains[e.Domain] = max(next.Domains[e.Domain], e.Position)
	}
	return next
}
