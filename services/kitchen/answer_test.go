package kitchen_test

import (
	"testing"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/services/kitchen"
)

func TestOpen(t *testing.T) {
	open := func(c *kitchenv1.OpenTicketRequest) when {
		return func(k kitchen.Ticket) (*event, error) { return k.Open(c) }
	}
	negative := wish(ada)
	negative.Subtotal = &typev1.Money{CurrencyCode: "EUR", MinorUnits: -1}
	run(t, scenarios{
		{Name: "nothing yet", When: open(wish(ada)), Once: true, Then: &event{Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{
			RestaurantId: saffron, CustomerId: ada, Lines: wish(ada).GetLines(), PreparationMinutes: 20,
			Subtotal: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 890}, AnswerBy: at(5),
		}}}},
		{Name: "opened", Given: events{opened}, When: open(wish(ada)), Refused: "TICKET_EXISTS"},
		{Name: "another's wish", When: open(wish(saffron)), Refused: "INVALID_ARGUMENT", Field: "lines[0].note.person_id"},
		{Name: "for less than nothing", When: open(negative), Refused: "INVALID_ARGUMENT", Field: "subtotal.minor_units"},
	})
}

func TestAccept(t *testing.T) {
	accept := func(k kitchen.Ticket) (*event, error) {
		return k.Accept(&kitchenv1.AcceptTicketRequest{ReadyIn: minutes(20)}, noon)
	}
	run(t, scenarios{
		{Name: "opened", Given: events{opened}, When: accept, Then: accepted},
		{Name: "accepted", Given: events{opened, accepted}, When: accept},
		{Name: "delayed", Given: events{opened, accepted, delayed}, When: accept},
		{Name: "started", Given: events{opened, accepted, started}, When: accept, Refused: "TICKET_NOT_OPEN", Meta: map[string]string{"status": "started"}},
		{Name: "rejected", Given: events{opened, rejected}, When: accept, Refused: "TICKET_NOT_OPEN"},
		{Name: "cancelled", Given: events{opened, cancelled(false)}, When: accept, Refused: "TICKET_NOT_OPEN"},
		{Name: "never opened", When: accept, Refused: "TICKET_NOT_FOUND"},
	})
}

func TestDelay(t *testing.T) {
	by := func(n int) when {
		return func(k kitchen.Ticket) (*event, error) {
			return k.Delay(&kitchenv1.DelayTicketRequest{ReadyIn: minutes(n)}, noon)
		}
	}
	run(t, scenarios{
		{Name: "accepted", Given: events{opened, accepted}, When: by(30), Then: delayed},
		{Name: "started", Given: events{opened, accepted, started}, When: by(30), Then: delayed},
		{Name: "to the same time", Given: events{opened, accepted, delayed}, When: by(30)},
		{Name: "to an earlier time", Given: events{opened, accepted, delayed}, When: by(29), Refused: "NOT_LATER", Meta: map[string]string{"ready_at": "2026-11-23T12:30:00Z"}},
		{Name: "not accepted yet", Given: events{opened}, When: by(30), Refused: "TICKET_NOT_OPEN"},
		{Name: "ready", Given: events{opened, accepted, started, ready}, When: by(30), Refused: "TICKET_NOT_OPEN"},
		{Name: "cancelled", Given: events{opened, accepted, cancelled(false)}, When: by(30), Refused: "TICKET_NOT_OPEN"},
		{Name: "never opened", When: by(30), Refused: "TICKET_NOT_FOUND"},
	})
}

func TestReject(t *testing.T) {
	reject := func(k kitchen.Ticket) (*event, error) {
		return k.Reject(&kitchenv1.RejectTicketRequest{ReasonCode: "ITEMS_SOLD_OUT", Reason: "No lentils left", SoldOutItemIds: []string{dal}})
	}
	run(t, scenarios{
		{Name: "opened", Given: events{opened}, When: reject, Then: rejected},
		{Name: "accepted", Given: events{opened, accepted}, When: reject, Then: rejected},
		{Name: "rejected", Given: events{opened, rejected}, When: reject},
		{Name: "started", Given: events{opened, accepted, started}, When: reject, Refused: "TICKET_NOT_OPEN"},
		{Name: "cancelled", Given: events{opened, cancelled(false)}, When: reject, Refused: "TICKET_NOT_OPEN"},
		{Name: "never opened", When: reject, Refused: "TICKET_NOT_FOUND"},
	})
}
