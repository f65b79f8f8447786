package tickets

import (
	"google.golang.org/protobuf/proto"

	"tiffin/bff/restaurant/ticket"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

// Document is one ticket.
type Document struct {
	ticket.Ticket `bson:",inline"`
}

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "tickets", Version: 2, Newer: view.IgnoreNewer,
		Reads: []proto.Message{&kitchenv1.TicketEvent{}},
		Route: Route, Apply: Apply,
		Personal: func(d *Document) []*seal.Box { return d.Ticket.Personal() }, Indexes: Indexes(),
	}
}

// Route names the ticket that an event concerns, if any.
func Route(e view.Event) []string {
	if _, ok := e.Data.(*kitchenv1.TicketEvent); ok {
		return []string{e.AggregateID}
	}
	return nil
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	if data, ok := e.Data.(*kitchenv1.TicketEvent); ok {
		d.Ticket.Apply(e, data)
	}
	return view.Keep
}
