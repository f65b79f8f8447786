package kitchen_test

import (
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/scenario"
	"tiffin/services/kitchen"
)

type (
	event     = kitchenv1.TicketEvent
	events    = []*event
	scenarios = []scenario.Scenario[kitchen.Ticket, *event]
	when      = func(kitchen.Ticket) (*event, error)
)

func run(t *testing.T, s scenarios) {
	t.Helper()
	scenario.Run(t, kitchen.Evolve, s)
}

const (
	ada     = "01J0000000000000000000ADA0"
	saffron = "01J0000000000000000SAFFR0N"
	dal     = "01J00000000000000000000DA1"
)

var (
	noon     = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	minutes  = func(n int) *durationpb.Duration { return durationpb.New(time.Duration(n) * time.Minute) }
	at       = func(n int) *timestamppb.Timestamp { return timestamppb.New(noon.Add(time.Duration(n) * time.Minute)) }
	opened   = &event{Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{RestaurantId: saffron, CustomerId: ada}}}
	accepted = &event{Event: &kitchenv1.TicketEvent_TicketAccepted{TicketAccepted: &kitchenv1.TicketAccepted{RestaurantId: saffron, ReadyAt: at(20)}}}
	delayed  = &event{Event: &kitchenv1.TicketEvent_TicketDelayed{TicketDelayed: &kitchenv1.TicketDelayed{RestaurantId: saffron, ReadyAt: at(30)}}}
	rejected = &event{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{
		RestaurantId: saffron, ReasonCode: "ITEMS_SOLD_OUT", Reason: "No lentils left", SoldOutItemIds: []string{dal},
	}}}
	started    = &event{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{RestaurantId: saffron}}}
	ready      = &event{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{RestaurantId: saffron}}}
	handedOver = &event{Event: &kitchenv1.TicketEvent_TicketHandedOver{TicketHandedOver: &kitchenv1.TicketHandedOver{RestaurantId: saffron}}}
)

func cancelled(started bool) *event {
	return &event{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{
		RestaurantId: saffron, ReasonCode: "CUSTOMER_CANCELLED", Reason: "Changed their mind", Started: started,
	}}}
}

func wish(person string) *kitchenv1.OpenTicketRequest {
	return &kitchenv1.OpenTicketRequest{
		RestaurantId: saffron, CustomerId: ada, PreparationMinutes: 20, AnswerBy: at(5),
		Subtotal: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 890},
		Lines: []*kitchenv1.TicketLine{{ItemId: dal, Name: "Dal", Quantity: 1, Note: &typev1.Personal{
			PersonId: person, Data: &typev1.PersonalData{Text: "Hot"},
		}}},
	}
}

func TestEveryEventEvolves(t *testing.T) { scenario.RequireEveryEvent(t, kitchen.Evolve) }
