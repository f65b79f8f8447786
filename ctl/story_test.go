package ctl_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process"
)

func because(e eventlog.Event) *processv1.Step {
	return &processv1.Step{Cause: &processv1.Step_Input{Input: &processv1.Input{Position: e.Position, EventId: e.ID}}}
}

func answered(e eventlog.Event, index int, at uint64) *processv1.Step {
	a := &processv1.Answer{CommandId: process.CommandID(e.ID, index), Outcome: &processv1.Answer_Accepted{Accepted: &processv1.Accepted{Position: at}}}
	return &processv1.Step{Cause: &processv1.Step_Answer{Answer: a}}
}

func TestAStoryTellsWhatHappenedAndWhy(t *testing.T) {
	p := newPlace(t)
	id, courier := newID(), newID()
	// Of another order, and so no part of it: neither the event nor the courier's, to which an answer points all the same.
	record(p, newID(), eventlog.Command{}, cancelled("something else"))
	idle := record(p, courier, eventlog.Command{ID: "x"}, &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftStarted{ShiftStarted: &courierv1.ShiftStarted{}}})

	order := record(p, id, eventlog.Command{ID: "click"}, placed(newID()))
	started := because(order)
	started.TimersSet = []*processv1.Timer{{Name: "authorization", Due: timestamppb.New(order.Time.Add(10 * time.Minute))}}
	begun := record(p, id, eventlog.Command{CausationID: order.ID}, &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_FulfilmentStarted{FulfilmentStarted: &fulfilmentv1.FulfilmentStarted{}}, Step: started,
		Commands: []*fulfilmentv1.FulfilmentCommand{
			{Command: &fulfilmentv1.FulfilmentCommand_AuthorizePayment{AuthorizePayment: &paymentv1.AuthorizePaymentRequest{}}},
			{Command: &fulfilmentv1.FulfilmentCommand_OpenTicket{OpenTicket: &kitchenv1.OpenTicketRequest{}}},
			{Command: &fulfilmentv1.FulfilmentCommand_CancelTicket{CancelTicket: &kitchenv1.CancelTicketRequest{}}},
		},
	})
	ticket := record(p, id, eventlog.Command{ID: process.CommandID(begun.ID, 1), CausationID: begun.ID}, opened(5))
	record(p, id, eventlog.Command{}, &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_CommandAnswered{CommandAnswered: &processv1.CommandAnswered{}}, Step: answered(begun, 1, ticket.Position),
	})
	record(p, id, eventlog.Command{}, &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_CommandAnswered{CommandAnswered: &processv1.CommandAnswered{}}, Step: answered(begun, 2, idle.Position),
	})
	refused := &processv1.Step{Cause: &processv1.Step_Answer{Answer: &processv1.Answer{
		CommandId: process.CommandID(begun.ID, 0),
		Outcome:   &processv1.Answer_Refused{Refused: &processv1.Refused{Code: "NO_CARD", Reason: "there is no card"}},
	}}}
	record(p, id, eventlog.Command{}, &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_FulfilmentTurned{FulfilmentTurned: &fulfilmentv1.FulfilmentTurned{}}, Step: refused,
	})
	gone := record(p, courier, eventlog.Command{}, &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: &courierv1.ShiftEnded{}}})
	record(p, id, eventlog.Command{}, &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_CourierGone{CourierGone: &fulfilmentv1.CourierGone{CourierId: courier}}, Step: because(gone),
	})
	record(p, id, eventlog.Command{}, &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_FulfilmentEnded{FulfilmentEnded: &fulfilmentv1.FulfilmentEnded{}},
		Step:  &processv1.Step{Cause: &processv1.Step_Fired{Fired: &processv1.Timer{Name: "authorization"}}, TimersCancelled: []string{"cooking"}},
	})

	story := p.prints("order", "story", id)
	last := 0
	for _, want := range []string{ // in this order
		id + ": 9 events, from ",
		"ordering.OrderPlaced  by command click",
		"fulfilment.FulfilmentStarted", "because of 3 ordering.OrderPlaced", "sets the timer authorization, due 9m59.9",
		"→ payment.AuthorizePayment: refused as NO_CARD (there is no card)",
		"→ kitchen.OpenTicket: 5 kitchen.TicketRejected",
		"→ kitchen.CancelTicket: accepted, and there was nothing to change",
		"kitchen.TicketRejected", "because of 4 fulfilment.FulfilmentStarted",
		"because kitchen.OpenTicket was answered",
		"courier.ShiftEnded",
		"fulfilment.CourierGone", "because of 9 courier.ShiftEnded",
		"fulfilment.FulfilmentEnded", "because the timer authorization fired", "takes back the timer cooking",
	} {
		at := strings.Index(story[last:], want)
		require.GreaterOrEqual(t, at, 0, "%q comes behind what precedes it in\n%s", want, story)
		last += at
	}
	require.NotContains(t, story, "courier.ShiftStarted")
	require.NotContains(t, story, street)
	require.NotContains(t, p.prints("order", "story", id, "--data"), street)
	require.Contains(t, p.prints("order", "story", id, "--data", "--open-personal"), street)

	var told []map[string]any
	require.NoError(t, json.Unmarshal([]byte(p.prints("order", "story", id, "--json")), &told))
	require.Len(t, told, 9)
	require.Equal(t, "refused", told[1]["commands"].([]any)[0].(map[string]any)["outcome"])
	require.Contains(t, p.fails("order", "story", newID()), "nothing in the log is about")
	require.Contains(t, p.fails("order", "story", ">"), "no order's id")
}
