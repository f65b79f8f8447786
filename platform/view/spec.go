package view

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/seal"
)

// Event is one fact of the log, as it was read.
type Event = eventlog.Event

// Verdict is what becomes of a document after an event.
type Verdict int

const (
	// Keep keeps the document as Apply left it.
	Keep Verdict = iota
	// Delete leaves a tombstone: the document is gone for readers, and starts from zero should an event concern it again.
	Delete
)

// What becomes of events of a newer version than this program's, by the view's policy.
const (
	// HoldNewer stops before them, as before any event that can't be read.
	HoldNewer = eventlog.HoldNewer
	// IgnoreNewer goes on without them. That is sound where whichever version applies them has the next Version, which is built
	// anew from the log.
	IgnoreNewer = eventlog.IgnoreNewer
)

// Spec says what a view is made of.
type Spec[D any] struct {
	// Name and Version give the collection: "<name>_v<version>", with "_g<generation>" behind it once it was rebuilt. A change of
	// Route, Apply or D wants a new version.
	Name    string
	Version int
	// Reads are the event messages of the domains that the view reads, such as &orderingv1.OrderEvent{}.
	Reads []proto.Message
	// Route returns the ids of the documents that the event concerns; none: it is ignored. Pure.
	Route func(e Event) []string
	// Apply folds the event into a document, which is the zero value where there was none. Pure; a panic parks the event, and
	// what follows for the document. So does a Route that panics, for the event's subject, and then the whole view is stale.
	Apply func(d *D, e Event) Verdict
	// Personal returns the boxes in a document, for readers to open; nil where it has none. Data in the open is not to be kept.
	Personal func(d *D) []*seal.Box
	// Ignores are the cases of the oneofs that are ignored on purpose, such as &orderingv1.OrderConfirmed{}.
	Ignores []proto.Message
	// Newer is HoldNewer or IgnoreNewer.
	Newer eventlog.Newer
	// Indexes are made when the view starts. A unique one can't be kept by a view: what it refuses is parked.
	Indexes []mongo.IndexModel
}

// Document is a document as it is stored.
type Document[D any] struct {
	ID       string `bson:"_id"`
	Position uint64 `bson:"_position"`
	Deleted  bool   `bson:"_deleted"`
	// Parked says which events are missing: the document stands behind a fault. Nil: none.
	Parked *Span `bson:"_parked,omitempty"`
	// Refolded counts how often the document was made anew, so that no applier takes it for what it was before.
	Refolded int `bson:"_refolded,omitempty"`
	Data     D   `bson:",inline"`
}

// Span is a stretch of the log, from one event through another.
type Span struct {
	From uint64 `bson:"from"`
	To   uint64 `bson:"to"`
}

var nameRule = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// collection is that of the first generation; it names the version wherever something belongs to all of its generations.
func (s Spec[D]) collection() string { return collectionOf(s.Name, s.Version, 1) }

func (s Spec[D]) validate() error {
	switch {
	case !nameRule.MatchString(s.Name):
		return fmt.Errorf("view: name %q must match %s", s.Name, nameRule)
	case s.Version < 1:
		return fmt.Errorf("view %s: version must be 1 or more", s.Name)
	case len(s.Reads) == 0:
		return fmt.Errorf("view %s: reads no domain", s.Name)
	case s.Route == nil || s.Apply == nil:
		return fmt.Errorf("view %s: Route and Apply are required", s.Name)
	}
	var zero D
	raw, err := bson.Marshal(zero)
	if err == nil {
		_, err = bson.Marshal(Document[D]{})
	}
	if err != nil {
		return fmt.Errorf("view %s: the document can't be stored: %w", s.Name, err)
	}
	for _, reserved := range []string{"_id", "_position", "_deleted", "_parked", "_refolded"} {
		if _, err := bson.Raw(raw).LookupErr(reserved); err == nil {
			return fmt.Errorf("view %s: the document's field %s can't be stored: the view keeps its own there", s.Name, reserved)
		}
	}
	return nil
}

func (s Spec[D]) route(e *Event) (ids []string, err error) {
	if s.Newer.Ignores(*e) {
		return nil, nil
	}
	if e.Err != nil {
		return nil, e.Err
	}
	err = fault.Catch(func() error {
		ids = s.Route(*e)
		return nil
	})
	for i := 0; i < len(ids) && err == nil; i++ {
		if ids[i] == "" {
			return nil, errors.New("routed to a document without an id")
		}
		if slices.Contains(ids[:i], ids[i]) {
			ids = slices.Delete(slices.Clone(ids), i, i+1)
			i--
		}
	}
	return ids, err
}

func (s Spec[D]) apply(d *Document[D], e *Event) error {
	return fault.Catch(func() error {
		verdict := s.Apply(&d.Data, *e)
		d.Position, d.Deleted = e.Position, verdict == Delete
		if d.Deleted {
			var zero D
			d.Data = zero
		}
		return nil
	})
}
