package check

import (
	"sort"
	"time"

	"tiffin/bench/torture/history"
	"tiffin/bff/customer/orders"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/position"
	"tiffin/platform/view"
)

// documents are the stages of what clients are shown, as the log has them: orders by the length of their timelines, which only
// grows, and tickets by the time of the event that changed them last.
type documents struct {
	orders map[string]*orders.Document
	stages map[string]map[string][]stage
}

// stage is one of a document: its number, where it begins, and by what it is known.
type stage struct {
	position uint64
	steps    int
	changed  time.Time
}

func newDocuments() documents {
	return documents{
		orders: map[string]*orders.Document{},
		stages: map[string]map[string][]stage{history.Order: {}, history.Ticket: {}},
	}
}

// shows are the domains of the view that shows a document of the kind; of tickets there are two, and both read the kitchen.
var shows = map[string][]string{
	history.Order:  {"ordering", "payment", "kitchen", "delivery"},
	history.Ticket: {"kitchen"},
}

func (d documents) event(e eventlog.Event) {
	if e.Err != nil {
		return
	}
	for _, id := range orders.Route(e) {
		if d.orders[id] == nil {
			d.orders[id] = &orders.Document{}
		}
		before := len(d.orders[id].Timeline)
		if orders.Apply(d.orders[id], e) == view.Keep && len(d.orders[id].Timeline) > before {
			d.begin(history.Order, id, stage{position: e.Position, steps: len(d.orders[id].Timeline)})
		}
	}
	if _, ok := e.Data.(*kitchenv1.TicketEvent); ok {
		d.begin(history.Ticket, e.AggregateID, stage{position: e.Position, changed: e.Time.UTC().Truncate(time.Millisecond)})
	}
}

func (d documents) begin(kind, id string, s stage) {
	d.stages[kind][id] = append(d.stages[kind][id], s)
}

// want is how far a view of that kind must be to have seen that: the log has one order, so the last position covers the others.
func (d documents) want(kind string, seen position.Token) uint64 {
	var want uint64
	for _, domain := range shows[kind] {
		want = max(want, seen[domain])
	}
	return want
}

// due is the stage that a document has reached by a position, counted from 1; 0: it was not there.
func (d documents) due(kind, id string, at uint64) int {
	stages := d.stages[kind][id]
	return sort.Search(len(stages), func(i int) bool { return stages[i].position > at })
}

// step is the stage that was shown.
func (d documents) step(s history.Shown) (step int, known bool) {
	stages := d.stages[s.Kind][s.ID]
	if s.Kind == history.Order && s.Steps == 0 {
		return 0, true
	}
	for i := len(stages); i > 0; i-- {
		if of := stages[i-1]; s.Kind == history.Order && of.steps == s.Steps || s.Kind == history.Ticket && of.changed.Equal(s.Changed) {
			return i, true
		}
	}
	return 0, false
}
