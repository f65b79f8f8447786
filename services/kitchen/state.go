package kitchen

import (
	"fmt"
	"slices"
	"time"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/problem"
)

// Status is how far a ticket has come.
type Status string

// The statuses. A ticket that was never opened has the zero value.
const (
	Opened     Status = "opened"
	Accepted   Status = "accepted"
	Rejected   Status = "rejected"
	Started    Status = "started"
	Ready      Status = "ready"
	HandedOver Status = "handed over"
	Cancelled  Status = "cancelled"
)

// Ticket is what its events say about one ticket. The zero value is one that was never opened.
type Ticket struct {
	Status       Status
	RestaurantID string
	// ReadyAt is what the restaurant said last.
	ReadyAt time.Time
}

// Evolve returns the ticket after the event. An event that it does not know is an error.
func Evolve(t Ticket, e *kitchenv1.TicketEvent) (Ticket, error) {
	switch e := e.GetEvent().(type) {
	case *kitchenv1.TicketEvent_TicketOpened:
		return Ticket{Status: Opened, RestaurantID: e.TicketOpened.GetRestaurantId()}, nil
	case *kitchenv1.TicketEvent_TicketAccepted:
		t.Status, t.ReadyAt = Accepted, e.TicketAccepted.GetReadyAt().AsTime()
	case *kitchenv1.TicketEvent_TicketDelayed:
		t.ReadyAt = e.TicketDelayed.GetReadyAt().AsTime()
	case *kitchenv1.TicketEvent_TicketRejected:
		t.Status = Rejected
	case *kitchenv1.TicketEvent_TicketStarted:
		t.Status = Started
	case *kitchenv1.TicketEvent_TicketReady:
		t.Status = Ready
	case *kitchenv1.TicketEvent_TicketHandedOver:
		t.Status = HandedOver
	case *kitchenv1.TicketEvent_TicketCancelled:
		t.Status = Cancelled
	default:
		return t, fmt.Errorf("kitchen: unknown event %T", e)
	}
	return t, nil
}

// moves reports whether the ticket is to move on to the status: it is refused unless it stands at one of from, and a
// repeat is neither.
func (t Ticket) moves(to Status, from ...Status) (bool, error) {
	switch {
	case t.Status == "":
		return false, problem.Missing("TICKET_NOT_FOUND", "there is no such ticket")
	case t.Status == to:
		return false, nil
	case slices.Contains(from, t.Status):
		return true, nil
	}
	return false, t.notOpen()
}

func (t Ticket) notOpen() error {
	return problem.Refuse("TICKET_NOT_OPEN", "that can't be done with this ticket: it is %s", t.Status).
		With("status", string(t.Status))
}
