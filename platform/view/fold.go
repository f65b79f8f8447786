package view

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/platform/fault"
	"tiffin/platform/seal"
)

const (
	// maxDocument is MongoDB's bound.
	maxDocument = 16 << 20
	// maxConflicts in a row are more than other appliers can cause: then a unique index stands in the way.
	maxConflicts = 20
)

var errUnique = errors.New("a unique index refuses the document")

// lane is what one document has to take in, in order.
type lane[D any] struct {
	id     string
	events []*Event
	// at is the position of the event that can't be applied, and why; 0: none is known of. Refuse says that it is the first.
	at     uint64
	why    error
	refuse bool
	// again: what is parked for the document is among the events, and it is folded as if it stood behind nothing.
	again bool

	document *Document[D]
	was      *stage
	// last is the position of the last event that was applied, and parked what was parked.
	last   uint64
	parked []fault.Entry
	failed bool
	// words are what the events say of persons, up to the one that can't be applied.
	words []string
	raw   bson.Raw
}

// fold folds the lanes into their documents, as they are stored now. Where an event can't be applied, it and all that follows
// in its lane is parked, and the other lanes go on: the document is the unit of order.
func (a *applier[D]) fold(ctx context.Context, lanes []*lane[D], apply func(*Document[D], *Event) error) error {
	for todo := lanes; len(todo) > 0; {
		if err := a.load(ctx, todo); err != nil {
			return err
		}
		var again []*lane[D] // loaded anew, since a failed Apply may have left the document half changed
		for _, l := range todo {
			l.start()
			for _, e := range l.events {
				l.take(a.consumer, e, apply)
			}
			done, err := l.finish()
			if err != nil {
				return err
			}
			if !done {
				again = append(again, l)
			}
		}
		todo = again
	}
	return nil
}

// load loads the documents of the lanes, and confirms that the checkpoint is still this applier's.
func (a *applier[D]) load(ctx context.Context, lanes []*lane[D]) error {
	ids := make([]string, 0, len(lanes))
	for _, l := range lanes {
		ids = append(ids, l.id)
	}
	var documents map[string]*Document[D]
	err := a.retry(ctx, "load documents", func() (err error) {
		if documents, err = a.store.load(ctx, ids); err != nil || len(ids) == 0 {
			return err
		}
		return a.store.confirm(ctx, a.epoch, a.at.Position)
	})
	if err != nil {
		return err
	}
	for _, l := range lanes {
		l.document, l.was = documents[l.id], nil
		if l.document != nil {
			l.was = stageOf(l.document)
		}
	}
	return nil
}

func (l *lane[D]) start() {
	if l.document == nil {
		l.document = &Document[D]{ID: l.id}
	}
	if l.again {
		l.document.Parked = nil
	}
	l.last, l.parked, l.failed, l.words, l.raw = 0, nil, false, nil, nil
}

// take applies the event, or parks it behind one that can't be.
func (l *lane[D]) take(c fault.Consumer, e *Event, apply func(*Document[D], *Event) error) {
	d := l.document
	entry := func() fault.Entry {
		return fault.Entry{Consumer: c, Key: fault.Key{Kind: fault.Document, ID: l.id}, Event: recordOf(e)}
	}
	if e.Position <= l.at && e.Data != nil {
		l.words = append(l.words, seal.Words(e.Data)...)
	}
	switch {
	case l.failed, e.Position <= d.Position:
	case d.Parked != nil && e.Position >= d.Parked.From:
		l.parked = append(l.parked, entry())
		d.Parked = &Span{From: d.Parked.From, To: max(d.Parked.To, e.Position)}
	case e.Position == l.at:
		poison := entry()
		poison.Error, poison.Stack = fault.Explain(l.why, l.words...)
		l.parked = append(l.parked, poison)
		d.Parked = &Span{From: e.Position, To: e.Position}
	case l.refuse:
		l.at, l.why, l.failed = e.Position, errUnique, true
		l.refuse = false
	default:
		if err := apply(d, e); err != nil {
			l.at, l.why, l.failed = e.Position, err, true
			return
		}
		l.last = e.Position
	}
}

// finish makes what is to be stored; false: an event was found that can't be applied, and the lane is to be folded again.
func (l *lane[D]) finish() (done bool, err error) {
	if l.failed {
		return false, nil
	}
	if d := l.document; d.Position == 0 && d.Parked != nil {
		d.Deleted = true // a place to say so: there is nothing yet to read
	}
	if l.raw, err = marshal(l.document); err == nil {
		return true, nil
	}
	if l.last == 0 {
		return false, fmt.Errorf("document %q as it was stored: %w", l.id, err)
	}
	// Some event has made no document of it, or one too large: the last, or one before when the next try comes to that.
	l.at, l.why = l.last, err
	return false, nil
}

// changed reports whether there is anything to write.
func (l *lane[D]) changed() bool {
	return l.last > 0 || len(l.parked) > 0 && (l.was == nil || *l.was != *stageOf(l.document))
}

func marshal[D any](d *Document[D]) (raw bson.Raw, err error) {
	if d.Deleted {
		kept := Document[struct{}]{ID: d.ID, Position: d.Position, Deleted: true, Parked: d.Parked, Refolded: d.Refolded}
		return bson.Marshal(kept)
	}
	err = fault.Catch(func() error {
		raw, err = bson.Marshal(d)
		return err
	})
	if err == nil && len(raw) > maxDocument {
		err = fmt.Errorf("the document is %d bytes long, more than one may be", len(raw))
	}
	return raw, err
}
