package check

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"tiffin/bench/torture/history"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

// find returns the event of a type.
func (s *story) find(kind string) int {
	for i := range s.events {
		if s.events[i].Type == kind {
			return i
		}
	}
	panic(kind + " did not happen")
}

// without takes an event away, as if it had not been appended.
func (s *story) without(kind string) {
	i := s.find(kind)
	s.events = slices.Delete(s.events, i, i+1)
}

func place(command string, o history.Outcome) history.Call {
	return history.Call{Kind: history.Command, Method: "POST", Path: orderPath, Command: command, Outcome: o, Position: token("ordering", 1)}
}

// Each rule, broken.
func TestEachRuleIsSeenToBeBroken(t *testing.T) {
	for _, c := range []struct {
		rule, name string
		breaks     func(s *story)
	}{
		{Once, "an acknowledged order is not there", func(s *story) { s.asks(place("lost", history.Acknowledged)) }},
		{Once, "what an acknowledged command asks for is not the case", func(s *story) {
			s.asks(history.Call{
				Kind: history.Command, Path: "/api/restaurant/v1/tickets/" + orderID + ":reject", Command: "lost", Position: token("kitchen", 99),
			})
		}},
		{Once, "it came to be the case after the answer only", func(s *story) {
			s.asks(history.Call{
				Kind: history.Command, Path: "/api/restaurant/v1/tickets/" + orderID + ":accept", Command: "lost", Position: token("kitchen", 5),
			})
		}},
		{Once, "it was open once, and acknowledged then", func(s *story) {
			s.asks(place("lost", history.Unknown))
			s.asks(place("lost", history.Acknowledged))
		}},
		{Never, "a refused command is there", func(s *story) {
			s.happens(lou, "no", "", taken("x"))
			s.asks(place("no", history.Refused))
		}},
		{AtMostOnce, "an open command is there twice", func(s *story) {
			s.happens(lou, "open", "", offered("x"))
			s.happens(lou, "open", "", offered("x"))
			s.asks(place("open", history.Unknown))
		}},
		{AtMostOnce, "a process decides twice on the same", func(s *story) {
			s.happens(orderID, eventID(1), "", s.events[s.find("fulfilment.FulfilmentStarted")].Data)
		}},
		{Repeated, "a repeat is refused", func(s *story) {
			s.asks(place(orderID, history.Refused)).Status = 409
		}},
		{Told, "an acknowledgement tells less than it did", func(s *story) { s.calls[0].Position = "" }},
		{Presented, "the presented position is not covered", func(s *story) { s.reads(token("kitchen", 6), "", 2) }},
		{Presented, "the answer says more than it shows", func(s *story) { s.reads("", token("payment", 6), 2) }},
		{Presented, "what one wrote is not there", func(s *story) { s.reads(token("ordering", 1), "", 0) }},
		{Presented, "a board is behind", func(s *story) {
			s.asks(history.Call{Kind: history.Query, Presented: token("kitchen", 7), Shown: []history.Shown{
				{Kind: history.Ticket, ID: orderID, Changed: s.events[s.find("kitchen.TicketOpened")].Time},
			}})
		}},
		{Presented, "a stream begins behind what it resumes", func(s *story) {
			s.asks(history.Call{Kind: history.Notice, Stream: 1, Presented: token("kitchen", 6), Shown: []history.Shown{
				{Kind: history.Order, ID: orderID, Steps: 1},
			}})
		}},
		{Earlier, "a query goes back", func(s *story) { s.reads(token("kitchen", 6), "", 4); s.reads("", token("kitchen", 6), 3) }},
		{Earlier, "a stream goes back", func(s *story) {
			for _, steps := range []int{3, 2} {
				s.asks(history.Call{Kind: history.Notice, Stream: 1, Shown: []history.Shown{{Kind: history.Order, ID: orderID, Steps: steps}}})
				s.calls[len(s.calls)-1].Began = 1
			}
		}},
		{Gapless, "an event is gone", func(s *story) { s.without("kitchen.TicketAccepted") }},
		{Followed, "an event was decided on an older state", func(s *story) {
			s.events[s.find("kitchen.TicketAccepted")].Record.Header[jetstream.ExpectedLastSubjSeqHeader] = []string{"4"}
		}},
		{Followed, "an event was appended without a guard", func(s *story) {
			s.events[s.find("kitchen.TicketAccepted")].Record.Header = nil
		}},
		{Readable, "an event can't be read", func(s *story) { s.events[3].Err = errors.New("no") }},
		{Ended, "a process goes on", func(s *story) { s.without("fulfilment.FulfilmentEnded") }},
		{Ended, "a process has not begun", func(s *story) { s.happens(lou, "", "", placed()) }},
		{Ended, "nobody seeks a courier", func(s *story) {
			s.happens(lou, "", "", &deliveryv1.DeliveryEvent{
				Event: &deliveryv1.DeliveryEvent_DeliveryRequested{DeliveryRequested: &deliveryv1.DeliveryRequested{}},
			})
		}},
		{Outcomes, "an outcome is not recorded", func(s *story) { s.without("dispatch.DispatchEnded") }},
		{Outcomes, "an outcome is recorded twice", func(s *story) {
			s.happens(orderID, "", "", dispatched(answered(eventID(8)+".0")))
		}},
		{Outcomes, "an outcome is of what was not commanded", func(s *story) {
			s.happens(orderID, "", "", dispatched(answered("elsewhere.0")))
		}},
		{Caused, "a command was sent again under another id", func(s *story) {
			s.happens(lou, eventID(2)+".0-again", eventID(2), offered("x"))
		}},
		{OneDelivery, "a courier takes two on", func(s *story) { s.happens(lou, "", "", taken("x")); s.happens(lou, "", "", taken("y")) }},
		{OneDelivery, "two couriers take one on", func(s *story) { s.happens(lou, "", "", taken("x")); s.happens(kim, "", "", taken("x")) }},
		{Balanced, "captured twice", func(s *story) {
			s.happens(orderID, "", "", &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_CaptureRequested{CaptureRequested: &paymentv1.CaptureRequested{
				OperationId: "again", Amount: eur(),
			}}})
			s.ledger = append(s.ledger, operation("again", "capture"))
		}},
		{Balanced, "the processor did what nobody asked for", func(s *story) { s.ledger = append(s.ledger, operation("x", "capture")) }},
		{Balanced, "the processor did not do it", func(s *story) { s.ledger = s.ledger[:1] }},
		{Balanced, "still reserved", func(s *story) {
			s.without("payment.PaymentCaptured")
			s.without("payment.CaptureRequested")
			s.ledger = s.ledger[:1]
		}},
		{Balanced, "another amount", func(s *story) { s.ledger[1].Amount.Minor = 2000 }},
		{Balanced, "the log has no outcome", func(s *story) { s.without("payment.PaymentCaptured") }},
	} {
		t.Run(c.rule+": "+c.name, func(t *testing.T) {
			s := honest()
			c.breaks(s)
			r := s.judged()
			require.Contains(t, r.Found(), c.rule)
			require.Contains(t, Rules(), c.rule)
		})
	}
}

// What is allowed, and looks like a violation to who is too strict.
func TestWhatIsAllowedBreaksNothing(t *testing.T) {
	for name, happens := range map[string]func(s *story){
		"an open command is there": func(s *story) {
			s.happens(lou, "open", "", offered("x"))
			s.asks(place("open", history.Unknown))
		},
		"an open command is not there":    func(s *story) { s.asks(place("open", history.Unknown)) },
		"a refused command is not there":  func(s *story) { s.asks(place("no", history.Refused)) },
		"refused, and changed after that": func(s *story) { s.calls = append([]history.Call{place(orderID, history.Refused)}, s.calls...) },
		"open, refused, and there": func(s *story) { // the first was decided while the repeat was being refused
			s.happens(lou, "open", "", offered("x"))
			s.asks(place("open", history.Unknown))
			s.asks(place("open", history.Refused))
		},
		"a repeat is turned away at the door":   func(s *story) { s.asks(place(orderID, history.Refused)).Status = 429 },
		"an old answer says so":                 func(s *story) { s.reads(token("kitchen", 6), token("kitchen", 6), 1).Stale = true },
		"an old answer to who has seen nothing": func(s *story) { s.reads("", "", 1).Client = "eve" },
		"an answer to a question that was asked before": func(s *story) {
			s.reads("", "", 3)
			old := s.reads("", "", 2)
			old.Began = 0
		},
		"two couriers, one after the other": func(s *story) {
			s.happens(lou, "", "", taken("x"))
			s.happens(lou, "", "", finished("x"))
			s.happens(kim, "", "", taken("x"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := honest()
			happens(s)
			require.Empty(t, s.judged().Violations)
		})
	}
}

func TestTheReportNamesEachRule(t *testing.T) {
	s := honest()
	for range most + 5 {
		s.asks(place("lost "+time.Duration(len(s.calls)).String(), history.Acknowledged))
	}
	r := s.judged()
	require.False(t, r.Sound())
	require.Equal(t, []string{Once}, r.Found())
	require.Equal(t, most+5, r.Broken[Once])
	require.Len(t, r.Violations, most)
	var told strings.Builder
	require.NoError(t, r.Write(&told))
	for _, rule := range Rules() {
		require.Contains(t, told.String(), rule)
	}
	require.Contains(t, told.String(), "BROKEN    "+Once+": 105 times")
}
