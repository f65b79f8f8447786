package check

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/proto"

	"tiffin/bench/torture/history"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/position"
)

// story is what happened, made by hand.
type story struct {
	events []eventlog.Event
	calls  []history.Call
	ledger []Operation
	last   map[string]uint64
	clock  time.Duration
}

func newStory() *story { return &story{last: map[string]uint64{}} }

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// happens appends an event as Execute would, and returns its position.
func (s *story) happens(id, command, causation string, data proto.Message) uint64 {
	at := uint64(len(s.events) + 1)
	domain := eventlog.DomainOf(data)
	subject := "evt." + domain + "." + id
	s.events = append(s.events, eventlog.Event{
		Position: at, ID: eventID(at), Type: eventlog.TypeOf(data), Domain: domain, AggregateID: id, CommandID: command, CausationID: causation,
		Data: data, Time: noon.Add(time.Duration(at) * time.Second),
		Record: eventlog.Record{Subject: subject, Header: nats.Header{
			jetstream.ExpectedLastSubjSeqHeader: {strconv.FormatUint(s.last[subject], 10)},
		}},
	})
	s.last[subject] = at
	return at
}

func eventID(at uint64) string { return fmt.Sprintf("e%d", at) }

// asks appends a call that takes a moment; parts say what came of it.
func (s *story) asks(c history.Call) *history.Call {
	c.Began, c.Ended = s.clock+1, s.clock+2
	s.clock += 2
	if c.Client == "" {
		c.Client = "ada"
	}
	if c.Outcome == "" {
		c.Outcome = history.Acknowledged
	}
	s.calls = append(s.calls, c)
	return &s.calls[len(s.calls)-1]
}

func token(domain string, at uint64) string { return position.Token{domain: at}.Encode() }

func (s *story) judged() Report {
	var r Report
	all := append(rules(), newBalance(s.ledger))
	for _, e := range s.events {
		for _, rule := range all {
			rule.event(e, r.broken)
		}
	}
	for _, c := range s.calls {
		for _, rule := range all {
			rule.call(c, r.broken)
		}
	}
	for _, rule := range all {
		rule.end(r.broken)
		if o, ok := rule.(*once); ok {
			o.count(&r)
		}
	}
	return r
}

const (
	orderPath = "/api/customer/v1/orders"
	kim       = "01J0000000000000000000K1M0"
	lou       = "01J0000000000000000000R0Y0"
	orderID   = "01J0000000000000000000ADA0"
)

// price is what everybody pays.
const price = 2300

func eur() *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: price} }

func input(at uint64) *processv1.Step {
	return &processv1.Step{Cause: &processv1.Step_Input{Input: &processv1.Input{Position: at, EventId: eventID(at)}}}
}

func answered(ids ...string) *processv1.Step {
	said := &processv1.Step{}
	for _, id := range ids {
		said.Answers = append(said.Answers, &processv1.Answer{CommandId: id, Outcome: &processv1.Answer_Accepted{Accepted: &processv1.Accepted{}}})
	}
	said.Cause = &processv1.Step_Answer{Answer: said.GetAnswers()[0]}
	said.Answers = said.GetAnswers()[1:]
	return said
}

func placed() *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{CustomerId: "ada", Total: eur()}}}
}

func offered(delivery string) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryOffered{DeliveryOffered: &courierv1.DeliveryOffered{DeliveryId: delivery}}}
}

func taken(delivery string) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{OfferAccepted: &courierv1.OfferAccepted{DeliveryId: delivery}}}
}

func finished(delivery string) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryFinished{DeliveryFinished: &courierv1.DeliveryFinished{DeliveryId: delivery}}}
}

func operation(id, kind string) Operation {
	op := Operation{ID: id, Kind: kind, Status: succeeded}
	op.Amount.Minor = price
	return op
}

func accepted() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{TicketAccepted: &kitchenv1.TicketAccepted{}}}
}

func dispatched(said *processv1.Step, commands ...*dispatchv1.DispatchCommand) *dispatchv1.DispatchEvent {
	return &dispatchv1.DispatchEvent{
		Event: &dispatchv1.DispatchEvent_CommandAnswered{CommandAnswered: &processv1.CommandAnswered{}}, Step: said, Commands: commands,
	}
}

// honest is one order that goes its usual way: what the courier, the kitchen and the customer do is asked for over REST, all
// else is commanded by processes.
func honest() *story {
	s := newStory()
	at := s.happens(orderID, orderID, "", placed())
	s.asks(history.Call{Kind: history.Command, Method: "POST", Path: orderPath, Command: orderID, Position: token("ordering", at)})
	started := s.happens(orderID, eventID(at), eventID(at), &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_FulfilmentStarted{FulfilmentStarted: &fulfilmentv1.FulfilmentStarted{}},
		Step:  input(at), Commands: make([]*fulfilmentv1.FulfilmentCommand, 4),
	})
	pay := func(n int, data *paymentv1.PaymentEvent) {
		if n < 0 {
			s.happens(orderID, "", "", data)
			return
		}
		s.happens(orderID, fmt.Sprintf("%s.%d", eventID(started), n), eventID(started), data)
	}
	pay(0, &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_AuthorizationRequested{AuthorizationRequested: &paymentv1.AuthorizationRequested{
		OperationId: orderID + "-authorize-1", Amount: eur(),
	}}})
	pay(-1, &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentAuthorized{PaymentAuthorized: &paymentv1.PaymentAuthorized{
		OperationId: orderID + "-authorize-1", Amount: eur(),
	}}})
	s.happens(orderID, eventID(started)+".1", eventID(started), &kitchenv1.TicketEvent{
		Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{}},
	})
	at = s.happens(orderID, orderID+"-accept", "", accepted())
	s.asks(history.Call{
		Kind: history.Command, Client: "chef", Method: "POST", Path: "/api/restaurant/v1/tickets/" + orderID + ":accept",
		Command: orderID + "-accept", Position: token("kitchen", at),
	})
	s.asks(history.Call{
		Kind: history.Command, Client: "chef", Method: "POST", Path: "/api/restaurant/v1/tickets/" + orderID + ":accept",
		Command: "the same again, as somebody else says it", Position: token("kitchen", at),
	})
	asked := s.happens(orderID, eventID(started)+".2", eventID(started), &deliveryv1.DeliveryEvent{
		Event: &deliveryv1.DeliveryEvent_DeliveryRequested{DeliveryRequested: &deliveryv1.DeliveryRequested{}},
	})
	seeks := s.happens(orderID, eventID(asked), eventID(asked), &dispatchv1.DispatchEvent{
		Event: &dispatchv1.DispatchEvent_DispatchStarted{DispatchStarted: &dispatchv1.DispatchStarted{}},
		Step:  input(asked), Commands: make([]*dispatchv1.DispatchCommand, 2),
	})
	s.happens(kim, eventID(seeks)+".0", eventID(seeks), offered(orderID))
	at = s.happens(kim, "take", "", taken(orderID))
	s.asks(history.Call{
		Kind: history.Command, Client: "kim", Method: "POST", Path: "/api/courier/v1/deliveries/" + orderID + ":accept",
		Command: "take", Position: token("courier", at),
	})
	s.happens(kim, eventID(seeks)+".1", eventID(seeks), finished(orderID))
	s.happens(orderID, "", eventID(seeks), &dispatchv1.DispatchEvent{
		Event: &dispatchv1.DispatchEvent_DispatchEnded{DispatchEnded: &dispatchv1.DispatchEnded{}}, Step: answered(eventID(seeks)+".0", eventID(seeks)+".1"),
	})
	pay(3, &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_CaptureRequested{CaptureRequested: &paymentv1.CaptureRequested{
		OperationId: orderID + "-capture-2", Amount: eur(),
	}}})
	pay(-1, &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentCaptured{PaymentCaptured: &paymentv1.PaymentCaptured{
		OperationId: orderID + "-capture-2", Amount: eur(),
	}}})
	s.happens(orderID, "", eventID(started), &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_FulfilmentEnded{FulfilmentEnded: &fulfilmentv1.FulfilmentEnded{}},
		Step:  answered(eventID(started)+".0", eventID(started)+".1", eventID(started)+".2", eventID(started)+".3"),
	})
	s.ledger = []Operation{operation(orderID+"-authorize-1", "authorization"), operation(orderID+"-capture-2", "capture")}
	s.reads(token("ordering", 1), "", 1)
	s.reads(token("ordering", 1), token("kitchen", 6), 3)
	return s
}

// reads lets the customer look at the order.
func (s *story) reads(presented, position string, steps int) *history.Call {
	return s.asks(history.Call{
		Kind: history.Query, Method: "GET", Path: orderPath + "/" + orderID, Presented: presented, Position: position,
		Shown: []history.Shown{{Kind: history.Order, ID: orderID, Steps: steps}},
	})
}

func TestAnHonestStoryBreaksNothing(t *testing.T) {
	r := honest().judged()
	if !r.Sound() {
		t.Fatalf("%+v", r.Violations)
	}
	if r.Acknowledged != 4 {
		t.Fatalf("%d commands are acknowledged", r.Acknowledged)
	}
}
