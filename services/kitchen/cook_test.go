package kitchen_test

import (
	"testing"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/services/kitchen"
)

func TestStart(t *testing.T) {
	start := func(k kitchen.Ticket) (*event, error) { return k.Start(&kitchenv1.StartTicketRequest{}) }
	run(t, scenarios{
		{Name: "accepted", Given: events{opened, accepted}, When: start, Then: started},
		{Name: "started", Given: events{opened, accepted, started}, When: start},
		{Name: "not accepted yet", Given: events{opened}, When: start, Refused: "TICKET_NOT_OPEN"},
		{Name: "cancelled", Given: events{opened, accepted, cancelled(false)}, When: start, Refused: "TICKET_NOT_OPEN"},
		{Name: "never opened", When: start, Refused: "TICKET_NOT_FOUND"},
	})
}

func TestMarkReady(t *testing.T) {
	markReady := func(k kitchen.Ticket) (*event, error) { return k.MarkReady(&kitchenv1.MarkTicketReadyRequest{}) }
	run(t, scenarios{
		{Name: "started", Given: events{opened, accepted, started}, When: markReady, Then: ready},
		{Name: "ready", Given: events{opened, accepted, started, ready}, When: markReady},
		{Name: "not started yet", Given: events{opened, accepted}, When: markReady, Refused: "TICKET_NOT_OPEN"},
		{Name: "handed over", Given: events{opened, accepted, started, handedOver}, When: markReady, Refused: "TICKET_NOT_OPEN"},
		{Name: "never opened", When: markReady, Refused: "TICKET_NOT_FOUND"},
	})
}

func TestHandOver(t *testing.T) {
	handOver := func(k kitchen.Ticket) (*event, error) { return k.HandOver(&kitchenv1.HandOverTicketRequest{}) }
	run(t, scenarios{
		{Name: "ready", Given: events{opened, accepted, started, ready}, When: handOver, Then: handedOver},
		{Name: "never said to be ready", Given: events{opened, accepted, started}, When: handOver, Then: handedOver},
		{Name: "handed over", Given: events{opened, accepted, started, handedOver}, When: handOver},
		{Name: "not started yet", Given: events{opened, accepted}, When: handOver, Refused: "TICKET_NOT_READY"},
		{Name: "not accepted yet", Given: events{opened}, When: handOver, Refused: "TICKET_NOT_READY"},
		{Name: "cancelled", Given: events{opened, accepted, started, cancelled(true)}, When: handOver, Refused: "TICKET_NOT_OPEN"},
		{Name: "never opened", When: handOver, Refused: "TICKET_NOT_FOUND"},
	})
}

func TestCancel(t *testing.T) {
	cancel := func(k kitchen.Ticket) (*event, error) {
		return k.Cancel(&kitchenv1.CancelTicketRequest{ReasonCode: "CUSTOMER_CANCELLED", Reason: "Changed their mind"})
	}
	run(t, scenarios{
		{Name: "opened", Given: events{opened}, When: cancel, Then: cancelled(false)},
		{Name: "accepted", Given: events{opened, accepted}, When: cancel, Then: cancelled(false)},
		{Name: "started", Given: events{opened, accepted, started}, When: cancel, Then: cancelled(true)},
		{Name: "ready", Given: events{opened, accepted, started, ready}, When: cancel, Then: cancelled(true)},
		{Name: "cancelled", Given: events{opened, cancelled(false)}, When: cancel},
		{Name: "rejected", Given: events{opened, rejected}, When: cancel, Refused: "TICKET_NOT_OPEN"},
		{Name: "handed over", Given: events{opened, accepted, started, ready, handedOver}, When: cancel, Refused: "TICKET_NOT_OPEN"},
		{Name: "never opened", When: cancel, Refused: "TICKET_NOT_FOUND"},
	})
}
