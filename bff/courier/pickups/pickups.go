package pickups

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/view"
)

// Document is food that a kitchen has promised, and that nobody has fetched yet.
type Document struct {
	// ReadyAt is when it is expected to be ready, as the kitchen said last.
	ReadyAt time.Time `bson:"ready_at"`
	Ready   bool      `bson:"ready"`
}

// Spec is what platform/view runs.
func Spec() view.Spec[Document] {
	return view.Spec[Document]{
		Name: "pickups", Version: 1, Reads: []proto.Message{&kitchenv1.TicketEvent{}}, Route: Route, Apply: Apply,
		Newer: eventlog.IgnoreNewer,
		// Whoever fetches it needs no word of what was asked for, nor of what it is like in the kitchen.
		Ignores: []proto.Message{&kitchenv1.TicketOpened{}, &kitchenv1.TicketStarted{}},
	}
}

// Route names the delivery that an event concerns: it bears the ticket's id, as the order does.
func Route(e view.Event) []string {
	switch e.Data.(*kitchenv1.TicketEvent).GetEvent().(type) { //nolint:forcetypeassert // the view reads no other domain
	case *kitchenv1.TicketEvent_TicketOpened, *kitchenv1.TicketEvent_TicketStarted:
		return nil
	default:
		return []string{e.AggregateID}
	}
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	switch event := e.Data.(*kitchenv1.TicketEvent).GetEvent().(type) { //nolint:forcetypeassert // the view reads no other domain
	case *kitchenv1.TicketEvent_TicketAccepted:
		d.ReadyAt = stamp(event.TicketAccepted.GetReadyAt().AsTime())
	case *kitchenv1.TicketEvent_TicketDelayed:
		d.ReadyAt = stamp(event.TicketDelayed.GetReadyAt().AsTime())
	case *kitchenv1.TicketEvent_TicketReady:
		d.Ready = true
	case *kitchenv1.TicketEvent_TicketHandedOver, *kitchenv1.TicketEvent_TicketRejected, *kitchenv1.TicketEvent_TicketCancelled:
		return view.Delete
	default:
		panic(fmt.Errorf("unknown ticket event %T", event)) // a fault: the view keeps it until a version that knows it
	}
	return view.Keep
}

// stamp is as exact as MongoDB stores it, so that a document equals what is read back.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
