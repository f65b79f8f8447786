package ticket_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"google.golang.org/protobuf/types/known/timestamppb"

	"tiffin/bff/restaurant/ticket"
	restaurantbffv1 "tiffin/gen/tiffin/bff/restaurant/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/seal"
)

var start = time.Date(2026, 11, 23, 12, 0, 0, 123_456_789, time.UTC)

func opened() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{
		RestaurantId: "r", CustomerId: "ann", PreparationMinutes: 20, AnswerBy: timestamppb.New(start.Add(5 * time.Minute)),
		Subtotal: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 1000},
		Lines: []*kitchenv1.TicketLine{{
			ItemId: "i", Name: "Dal", Quantity: 2, Options: []string{"Large"},
			Note: &typev1.Personal{PersonId: "ann", Data: &typev1.PersonalData{Text: "no salt"}},
		}},
	}}}
}

func fold(events ...*kitchenv1.TicketEvent) ticket.Ticket {
	var t ticket.Ticket
	for i, data := range events {
		t.Apply(eventlog.Event{AggregateID: "t", Time: start.Add(time.Duration(i) * time.Minute), Data: data}, data)
	}
	return t
}

func TestATicketsStory(t *testing.T) {
	ready := start.Add(20 * time.Minute)
	accepted := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{TicketAccepted: &kitchenv1.TicketAccepted{ReadyAt: timestamppb.New(ready)}}}
	later := ready.Add(10 * time.Minute)
	delayed := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketDelayed{TicketDelayed: &kitchenv1.TicketDelayed{ReadyAt: timestamppb.New(later)}}}
	rejected := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{ReasonCode: "TOO_BUSY", Reason: "full"}}}
	started := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{}}
	done := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{}}
	gone := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketHandedOver{}}
	cancelled := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{ReasonCode: "CUSTOMER", Reason: "changed my mind", Started: true}}}
	for name, c := range map[string]struct {
		events  []*kitchenv1.TicketEvent
		status  restaurantbffv1.TicketStatus
		ready   time.Time
		reason  string
		note    string
		started bool
	}{
		"opened":      {[]*kitchenv1.TicketEvent{opened()}, restaurantbffv1.TicketStatus_OPENED, time.Time{}, "", "no salt", false},
		"accepted":    {[]*kitchenv1.TicketEvent{opened(), accepted}, restaurantbffv1.TicketStatus_ACCEPTED, ready, "", "no salt", false},
		"delayed":     {[]*kitchenv1.TicketEvent{opened(), accepted, started, delayed}, restaurantbffv1.TicketStatus_STARTED, later, "", "no salt", false},
		"rejected":    {[]*kitchenv1.TicketEvent{opened(), rejected}, restaurantbffv1.TicketStatus_REJECTED, time.Time{}, "full", "", false},
		"ready":       {[]*kitchenv1.TicketEvent{opened(), accepted, started, done}, restaurantbffv1.TicketStatus_READY, ready, "", "no salt", false},
		"handed over": {[]*kitchenv1.TicketEvent{opened(), accepted, started, done, gone}, restaurantbffv1.TicketStatus_HANDED_OVER, ready, "", "", false},
		"cancelled":   {[]*kitchenv1.TicketEvent{opened(), accepted, started, cancelled}, restaurantbffv1.TicketStatus_CANCELLED, ready, "changed my mind", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			folded := fold(c.events...)
			m := folded.Message()
			require.Equal(t, c.status, m.GetStatus())
			require.Equal(t, c.reason, m.GetReason())
			require.Equal(t, c.started, m.GetStarted())
			require.Equal(t, c.note, m.GetLines()[0].GetNote(), "a wish lives as long as the ticket is open")
			require.Equal(t, c.ready.IsZero(), m.GetReadyAt() == nil)
			require.True(t, folded.ReadyAt.Equal(c.ready.Truncate(time.Millisecond)))
			require.Equal(t, start.Truncate(time.Millisecond), m.GetOpenedAt().AsTime())
			require.EqualValues(t, 1000, m.GetSubtotal().GetMinorUnits())
		})
	}
}

func TestATicketSurvivesItsStorage(t *testing.T) {
	folded, keys := fold(opened()), seal.Memory()
	require.NoError(t, seal.CloseBoxes(t.Context(), keys, folded.Personal()...))
	raw, err := bson.Marshal(folded)
	require.NoError(t, err)
	var back ticket.Ticket
	require.NoError(t, bson.Unmarshal(raw, &back))
	require.NoError(t, seal.OpenBoxes(t.Context(), keys, back.Personal()...))
	require.Equal(t, folded.Message().String(), back.Message().String())
}

func TestAnUnknownEventIsAFault(t *testing.T) {
	require.Panics(t, func() { fold(&kitchenv1.TicketEvent{}) })
}
