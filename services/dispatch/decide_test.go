package dispatch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process/step"
	"tiffin/services/dispatch"
)

const (
	delivery = "01J0000000000000000000000A"
	near     = "01J000000000000000000000C1"
	far      = "01J000000000000000000000C2"
)

var (
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	pickUp = &typev1.Location{Latitude: 52.5, Longitude: 13.4}
	// both are free since noon: one at the door, one some streets away.
	both = []dispatch.Candidate{
		{CourierID: far, At: &typev1.Location{Latitude: 52.51, Longitude: 13.4}, FreeSince: noon},
		{CourierID: near, At: pickUp, FreeSince: noon},
	}

	requested = step.Input{Event: &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryRequested{
		DeliveryRequested: &deliveryv1.DeliveryRequested{PickUp: pickUp, Payout: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 500}},
	}}}
	delivered = step.Input{Event: &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{DeliveryDelivered: &deliveryv1.DeliveryDelivered{}}}}
	cancelled = step.Input{Event: &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryCancelled{DeliveryCancelled: &deliveryv1.DeliveryCancelled{}}}}
	released  = step.Input{Event: &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryReleased{DeliveryReleased: &deliveryv1.DeliveryReleased{CourierId: near}}}}
)

func failed(code string) step.Input {
	return step.Input{Event: &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{
		DeliveryFailed: &deliveryv1.DeliveryFailed{ReasonCode: code, PickedUp: true},
	}}}
}

func fired(timer string) step.Input { return step.Input{Fired: timer} }

// of makes an input about the offer that is open: the courier's own event, or the outcome of a command.
type of func(o dispatch.Offer) step.Input

func as(in step.Input) of { return func(dispatch.Offer) step.Input { return in } }

func accepts(o dispatch.Offer) step.Input {
	return step.Input{Source: o.Courier, Event: &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{
		OfferAccepted: &courierv1.OfferAccepted{OfferId: o.ID, DeliveryId: delivery},
	}}}
}

func declines(o dispatch.Offer) step.Input {
	return step.Input{Source: o.Courier, Event: &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferDeclined{
		OfferDeclined: &courierv1.OfferDeclined{OfferId: o.ID, DeliveryId: delivery},
	}}}
}

func leaves(o dispatch.Offer) step.Input {
	return step.Input{Source: o.Courier, Event: &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftEnded{
		ShiftEnded: &courierv1.ShiftEnded{OfferId: o.ID, DeliveryId: delivery},
	}}}
}

func expires(o dispatch.Offer) step.Input {
	return step.Input{Source: o.Courier, Event: &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferExpired{
		OfferExpired: &courierv1.OfferExpired{OfferId: o.ID, DeliveryId: delivery},
	}}}
}

var no = &processv1.Refused{Code: "NO"}

func offerRefused(o dispatch.Offer) step.Input {
	return step.Input{Unanswered: 1, Answer: &step.Answer{Refused: no, Request: &courierv1.OfferDeliveryRequest{OfferId: o.ID, CourierId: o.Courier}}}
}

func expiryRefused(o dispatch.Offer) step.Input {
	return step.Input{Unanswered: 1, Answer: &step.Answer{Refused: no, Request: &courierv1.ExpireOfferRequest{OfferId: o.ID, CourierId: o.Courier}}}
}

func assignmentRefused(dispatch.Offer) step.Input {
	return step.Input{Unanswered: 1, Answer: &step.Answer{Refused: no, Request: &deliveryv1.AssignDeliveryRequest{CourierId: near}}}
}

func finished(dispatch.Offer) step.Input {
	return step.Input{Answer: &step.Answer{Request: &courierv1.FinishDeliveryRequest{}}}
}

func TestDispatch(t *testing.T) {
	for _, s := range []struct {
		name  string
		free  []dispatch.Candidate
		given []of
		when  of
		then  string
		sends []string
		// timers that are set, and when they are due.
		timers []string
	}{
		{
			name: "the nearest is asked first", free: both, when: as(requested), then: "DispatchStarted",
			sends: []string{"OfferDelivery " + near}, timers: []string{"deadline 12:10:00", "answer 12:00:30"},
		},
		{
			name: "nobody is near", when: as(requested), then: "DispatchStarted", timers: []string{"deadline 12:10:00", "search 12:00:05"},
		},
		{
			name: "it is looked again, and less often", given: []of{as(requested)}, when: as(fired("search")), then: "CourierSought",
			timers: []string{"search 12:00:11"},
		},
		{name: "requested again", free: both, given: []of{as(requested)}, when: as(requested)},
		{
			name: "accepted", free: both, given: []of{as(requested)}, when: accepts, then: "OfferTaken", sends: []string{"AssignDelivery " + near},
		},
		{
			name: "declined: the next is asked", free: both, given: []of{as(requested)}, when: declines, then: "OfferClosed",
			sends: []string{"OfferDelivery " + far}, timers: []string{"answer 12:00:31"},
		},
		{
			name: "the courier goes home: the next is asked", free: both, given: []of{as(requested)}, when: leaves, then: "OfferClosed",
			sends: []string{"OfferDelivery " + far}, timers: []string{"answer 12:00:31"},
		},
		{name: "goes home long after that offer", free: both, given: []of{as(requested), declines}, when: func(dispatch.Offer) step.Input {
			return leaves(dispatch.Offer{ID: "another", Courier: near})
		}},
		{
			name: "nobody is asked twice", free: both, given: []of{as(requested), declines}, when: declines, then: "OfferClosed",
			timers: []string{"search 12:00:07"},
		},
		{
			name: "the courier does not answer", free: both, given: []of{as(requested)}, when: as(fired("answer")), then: "OfferOverdue",
			sends: []string{"ExpireOffer " + near},
		},
		{
			name: "and the offer expires", free: both, given: []of{as(requested), as(fired("answer"))}, when: expires, then: "OfferClosed",
			sends: []string{"OfferDelivery " + far}, timers: []string{"answer 12:00:32"},
		},
		{
			name: "it was accepted at the last moment", free: both, given: []of{as(requested), as(fired("answer")), expiryRefused},
			when: accepts, then: "OfferTaken", sends: []string{"AssignDelivery " + near},
		},
		{
			name: "nobody says how it ended", free: both, given: []of{as(requested), as(fired("answer"))}, when: expiryRefused,
			then: "CommandAnswered", timers: []string{"unclear 12:00:32"},
		},
		{
			name: "the next is asked then", free: both, given: []of{as(requested), as(fired("answer")), expiryRefused},
			when: as(fired("unclear")), then: "OfferClosed", sends: []string{"OfferDelivery " + far}, timers: []string{"answer 12:00:33"},
		},
		{
			name: "the courier was not free", free: both, given: []of{as(requested)}, when: offerRefused, then: "OfferClosed",
			sends: []string{"OfferDelivery " + far}, timers: []string{"answer 12:00:31"},
		},
		{
			name: "nobody within the time", given: []of{as(requested)}, when: as(fired("deadline")), then: "DispatchClosing NO_COURIER",
			sends: []string{"FailDelivery"},
		},
		{
			name: "while somebody thinks about it", free: both, given: []of{as(requested)}, when: as(fired("deadline")),
			then: "DispatchClosing NO_COURIER", sends: []string{"WithdrawOffer " + near, "FailDelivery"},
		},
		{
			name: "who accepts all the same", free: both, given: []of{as(requested), as(fired("deadline"))}, when: accepts,
			then: "OfferClosed", sends: []string{"FinishDelivery " + near + " CANCELLED"},
		},
		{name: "the deadline passes when somebody has it", free: both, given: []of{as(requested), accepts}, when: as(fired("deadline"))},
		{
			name: "the delivery went to nobody", free: both, given: []of{as(requested), accepts}, when: assignmentRefused, then: "CourierFreed",
			sends: []string{"FinishDelivery " + near + " CANCELLED"},
		},
		{
			name: "given back: another is asked, with a new deadline", free: both, given: []of{as(requested), accepts}, when: as(released),
			then: "CourierLost", sends: []string{"FinishDelivery " + near + " RELEASED", "OfferDelivery " + far},
			timers: []string{"deadline 12:10:02", "answer 12:00:32"},
		},
		{
			name: "delivered", free: both, given: []of{as(requested), accepts}, when: as(delivered), then: "DispatchClosing DELIVERED",
			sends: []string{"FinishDelivery " + near + " DELIVERED 500"},
		},
		{
			name: "all is told", free: both, given: []of{as(requested), accepts, as(delivered)}, when: finished, then: "DispatchEnded DELIVERED",
		},
		{
			name: "nobody was there", free: both, given: []of{as(requested), accepts}, when: as(failed("NOBODY_THERE")),
			then: "DispatchClosing FAILED", sends: []string{"FinishDelivery " + near + " FAILED 500"},
		},
		{
			name: "dropped", free: both, given: []of{as(requested), accepts}, when: as(failed("FOOD_DAMAGED")),
			then: "DispatchClosing FAILED", sends: []string{"FinishDelivery " + near + " FAILED"},
		},
		{
			name: "cancelled while an offer is open", free: both, given: []of{as(requested)}, when: as(cancelled),
			then: "DispatchClosing CANCELLED", sends: []string{"WithdrawOffer " + near},
		},
		{name: "cancelled while nobody is near", given: []of{as(requested)}, when: as(cancelled), then: "DispatchEnded CANCELLED"},
	} {
		t.Run(s.name, func(t *testing.T) {
			p := dispatch.NewPolicy(1)
			var d dispatch.Dispatch
			at, last := noon, dispatch.Offer{}
			play := func(o of) *dispatchv1.DispatchEvent {
				in := o(last)
				in.ID, in.At = delivery, at
				at = at.Add(time.Second)
				e := p.Decide(d, in, s.free)
				if e == nil {
					return nil
				}
				var err error
				d, err = p.Evolve(d, e)
				require.NoError(t, err)
				if d.Offer.ID != "" {
					last = d.Offer
				}
				return e
			}
			for _, o := range s.given {
				play(o)
			}
			e := play(s.when)
			if s.then == "" {
				require.Nil(t, e)
				return
			}
			require.NotNil(t, e)
			require.Equal(t, s.then, fact(e))
			require.Equal(t, s.sends, sends(e))
			var timers []string
			for _, timer := range e.GetStep().GetTimersSet() {
				timers = append(timers, timer.GetName()+" "+timer.GetDue().AsTime().Format(time.TimeOnly))
			}
			require.Equal(t, s.timers, timers)
		})
	}
}

func fact(e *dispatchv1.DispatchEvent) string {
	outcome := e.GetDispatchClosing().GetOutcome() + e.GetDispatchEnded().GetOutcome()
	name := strings.TrimPrefix(eventlog.TypeOf(e), "dispatch.")
	if outcome == dispatchv1.DispatchOutcome_DISPATCH_OUTCOME_UNSPECIFIED {
		return name
	}
	return name + " " + strings.TrimPrefix(outcome.String(), "DISPATCH_OUTCOME_")
}

func sends(e *dispatchv1.DispatchEvent) []string {
	var out []string
	for _, c := range e.GetCommands() {
		request := step.Request(c)
		said := strings.TrimSuffix(string(request.ProtoReflect().Descriptor().Name()), "Request")
		if r, ok := request.(interface{ GetCourierId() string }); ok {
			said += " " + r.GetCourierId()
		}
		if r, ok := request.(*courierv1.FinishDeliveryRequest); ok {
			said += " " + strings.TrimPrefix(r.GetOutcome().String(), "DELIVERY_OUTCOME_")
			if r.GetEarned() != nil {
				said += fmt.Sprint(" ", r.GetEarned().GetMinorUnits())
			}
		}
		out = append(out, said)
	}
	return out
}

func TestTheSameOfferHasTheSameId(t *testing.T) {
	p := dispatch.NewPolicy(1)
	in := requested
	in.ID, in.At = delivery, noon
	id := func() string {
		return p.Decide(dispatch.Dispatch{}, in, both).GetCommands()[0].GetOfferDelivery().GetOfferId()
	}
	first := id()
	require.Equal(t, first, id())
	require.Len(t, first, 26)
}

func TestWhoIsAskedFirst(t *testing.T) {
	at := func(metres float64) *typev1.Location { // north of the pick-up
		return &typev1.Location{Latitude: pickUp.GetLatitude() + metres/111_195, Longitude: pickUp.GetLongitude()}
	}
	waited := func(minutes int) time.Time { return noon.Add(-time.Duration(minutes) * time.Minute) }
	for _, c := range []struct {
		name string
		free []dispatch.Candidate
		want []string
	}{
		{"the nearer", []dispatch.Candidate{{"b", at(900), noon}, {"a", at(1000), noon}}, []string{"b", "a"}},
		{"a long wait counts like a shorter way", []dispatch.Candidate{{"b", at(900), noon}, {"a", at(1000), waited(3)}}, []string{"a", "b"}},
		{"but not without an end", []dispatch.Candidate{{"b", at(100), noon}, {"a", at(1700), waited(600)}}, []string{"b", "a"}},
		{"nobody from the other end of town", []dispatch.Candidate{{"a", at(7000), waited(600)}}, []string{}},
		{"equals by their ids", []dispatch.Candidate{{"b", at(10), noon}, {"a", at(10), noon}}, []string{"a", "b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := []string{}
			for _, r := range dispatch.Rank(c.free, pickUp, noon) {
				got = append(got, r.CourierID)
			}
			require.Equal(t, c.want, got)
		})
	}
}
