package view

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

const (
	// maxDocument is MongoDB's bound.
	maxDocument = 16 << 20
	// maxConflicts in a row are more than other appliers can cause: then a unique index stands in the way.
	maxConflicts = 20
)

// FaultInfo tells which event a view could not process. The view has stopped before it.
type FaultInfo struct {
	Position uint64
	Type     string
	Err      error
}

// applier folds batches into the store. It is not safe for concurrent use.
type applier[D any] struct {
	spec  Spec[D]
	store store[D]
	epoch uint64
	at    progress
	// retry repeats what may fail for a while.
	retry func(ctx context.Context, what string, do func() error) error
}

// applied is what one batch came to.
type applied struct {
	events []Event
	// routes are the documents that each event concerns.
	routes    [][]string
	documents []string
	fault     *FaultInfo
	// pending is how many events are to come, those of the batch that stand behind a fault included.
	pending    uint64
	writeStart time.Time
	writeEnd   time.Time
}

// apply processes one batch: all of it, or what comes before a fault. The checkpoint moves last, so that a crash at any
// point repeats work that the documents' positions make harmless.
func (a *applier[D]) apply(ctx context.Context, events []Event, pending uint64) (applied, error) {
	out := applied{pending: pending}
	for len(events) > 0 && events[0].Position <= a.at.Position {
		events = events[1:]
	}
	for conflicts := 0; ; {
		changes, fault, err := a.fold(ctx, events)
		if err != nil {
			return out, err
		}
		if fault >= 0 { // fold again without it, since its Apply may have left a document half changed
			out.fault = &FaultInfo{Position: events[fault].Position, Type: events[fault].Type, Err: changes.err}
			out.pending += uint64(len(events) - fault)
			events = events[:fault]
			continue
		}
		out.writeStart = time.Now()
		err = a.retry(ctx, "write documents", func() error { return a.store.write(ctx, changes.list) })
		if errors.Is(err, errConflict) {
			if conflicts++; conflicts < maxConflicts {
				continue
			}
			first := events[0]
			out.fault = &FaultInfo{Position: first.Position, Type: first.Type, Err: errors.New("a unique index refuses a document of its batch")}
			out.pending += uint64(len(events))
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out.writeEnd, out.routes = time.Now(), changes.routes
		for _, c := range changes.list {
			out.documents = append(out.documents, c.id)
		}
		break
	}
	next := a.next(events, out.pending, out.fault != nil)
	if err := a.retry(ctx, "move the checkpoint", func() error { return a.store.move(ctx, a.epoch, a.at.Position, next) }); err != nil {
		return out, err
	}
	a.at, out.events = next, events
	return out, nil
}

func (a *applier[D]) next(events []Event, pending uint64, faulted bool) progress {
	next := progress{Position: a.at.Position, Domains: maps.Clone(a.at.Domains), Pending: pending, CaughtUp: a.at.CaughtUp}
	if next.Domains == nil {
		next.Domains = map[string]uint64{}
	}
	for _, e := range events {
		next.Position = max(next.Position, e.Position)
		next.Domains[e.Domain] = max(next.Domains[e.Domain], e.Position)
	}
	next.CaughtUp = next.CaughtUp || pending == 0 && !faulted
	return next
}

type folded struct {
	list   []change
	routes [][]string
	err    error
}

// fold loads the documents that the events concern and applies those that they have not seen. It returns the index of the
// first event that can't be processed, or -1.
func (a *applier[D]) fold(ctx context.Context, events []Event) (folded, int, error) {
	routes, ids, known := make([][]string, len(events)), []string(nil), map[string]bool{}
	for i, e := range events {
		route, err := a.spec.route(e)
		if err != nil {
			return folded{err: err}, i, nil
		}
		for _, id := range route {
			if !known[id] {
				known[id] = true
				ids = append(ids, id)
			}
		}
		routes[i] = route
	}
	var documents map[string]*Document[D]
	err := a.retry(ctx, "load documents", func() (err error) {
		if documents, err = a.store.load(ctx, ids); err != nil || len(ids) == 0 {
			return err
		}
		return a.store.confirm(ctx, a.epoch, a.at.Position)
	})
	if err != nil {
		return folded{}, -1, err
	}
	fresh, last := map[string]bool{}, map[string]int{}
	for i, e := range events {
		for _, id := range routes[i] {
			d := documents[id]
			if d == nil {
				d = &Document[D]{ID: id}
				documents[id], fresh[id] = d, true
			}
			if e.Position <= d.Position {
				continue
			}
			if err := a.spec.apply(d, e); err != nil {
				return folded{err: fmt.Errorf("document %q: %w", id, err)}, i, nil
			}
			last[id] = i
		}
	}
	out, fault, err := encode(ids, documents, fresh, last)
	out.routes = routes
	return out, fault, err
}

func encode[D any](ids []string, documents map[string]*Document[D], fresh map[string]bool, last map[string]int) (folded, int, error) {
	var out folded
	for _, id := range ids {
		i, changed := last[id]
		if !changed {
			continue
		}
		raw, err := marshal(documents[id])
		if err != nil {
			return folded{err: fmt.Errorf("document %q: %w", id, err)}, i, nil
		}
		out.list = append(out.list, change{id: id, position: documents[id].Position, fresh: fresh[id], raw: raw})
	}
	return out, -1, nil
}

func marshal[D any](d *Document[D]) (raw bson.Raw, err error) {
	defer recovered(&err)
	if d.Deleted {
		return bson.Marshal(bson.D{{Key: "_id", Value: d.ID}, {Key: "_position", Value: d.Position}, {Key: "_deleted", Value: true}})
	}
	raw, err = bson.Marshal(d)
	if err == nil && len(raw) > maxDocument {
		err = fmt.Errorf("is %d bytes long, more than a document may be", len(raw))
	}
	return raw, err
}
