package fulfilment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/process/step"
	"tiffin/services/fulfilment"
)

const (
	orderID = "01J0000000000000000000000A"
	rider   = "01J000000000000000000000C1"
	other   = "01J000000000000000000000C2"
)

// noon is when the order was placed; every input comes a minute after the one before.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// scenario reads: given these inputs, when this one comes, then this is the fact, and these commands and timers go with it.
// Commands are written as their request's name and, where it matters, what it says; a timer that is set as +name and when.
type scenario struct {
	name  string
	given []step.Input
	when  step.Input
	then  string
	sends []string
	// timers that are set; those that are taken back are not told.
	timers []string
	// again: the same fact may come twice.
	again bool
}

func event(m proto.Message) step.Input { return step.Input{Event: m} }
func fired(timer string) step.Input    { return step.Input{Fired: timer} }

// refusedRequest is the outcome of a command, and answeredAll that nothing else is open.
func refused(r proto.Message) step.Input {
	return step.Input{Answer: &step.Answer{Request: r, Refused: &processv1.Refused{Code: "NO"}}, Unanswered: 1}
}

func answered(r proto.Message) step.Input { return step.Input{Answer: &step.Answer{Request: r}} }

var (
	placed = event(&orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: "ada", RestaurantId: "saffron", RestaurantName: "Saffron", PaymentToken: "tok_ok",
		Lines: []*orderingv1.OrderLine{{
			ItemId: "dal", Name: "Dal", Quantity: 2, Options: []*orderingv1.ChosenOption{{Name: "Large"}},
			Note: &typev1.Personal{PersonId: "ada", Data: &typev1.PersonalData{Text: "No onions"}},
		}},
		Subtotal: eur(2000), DeliveryFee: eur(300), Tip: eur(200), Total: eur(2500), RestaurantLocation: pickUp, PreparationMinutes: 20,
		DeliveryAddress: &typev1.Personal{PersonId: "ada", Data: &typev1.PersonalData{Text: "Main Street 1"}},
	}}})
	customerCancelled = event(&orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{}}})
	orderRejected     = event(&orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{}}})

	authorized = event(&paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentAuthorized{PaymentAuthorized: &paymentv1.PaymentAuthorized{}}})
	declined   = event(&paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentDeclined{PaymentDeclined: &paymentv1.PaymentDeclined{Reason: "No funds"}}})
	captured   = event(&paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentCaptured{PaymentCaptured: &paymentv1.PaymentCaptured{Amount: eur(2500)}}})
	voided     = event(&paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{}}})
	failed     = event(&paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_OperationFailed{OperationFailed: &paymentv1.OperationFailed{}}})

	accepted = event(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{TicketAccepted: &kitchenv1.TicketAccepted{
		ReadyAt: timestamppb.New(noon.Add(30 * time.Minute)),
	}}})
	delayed = event(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketDelayed{TicketDelayed: &kitchenv1.TicketDelayed{
		ReadyAt: timestamppb.New(noon.Add(50 * time.Minute)),
	}}})
	started    = event(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{}}})
	ready      = event(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{TicketReady: &kitchenv1.TicketReady{}}})
	handedOver = event(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketHandedOver{TicketHandedOver: &kitchenv1.TicketHandedOver{}}})

	cancelledDelivery = event(&deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryCancelled{DeliveryCancelled: &deliveryv1.DeliveryCancelled{}}})
	released          = event(&deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryReleased{DeliveryReleased: &deliveryv1.DeliveryReleased{CourierId: rider}}})
	pickedUp          = event(&deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryPickedUp{DeliveryPickedUp: &deliveryv1.DeliveryPickedUp{CourierId: rider}}})
	delivered         = event(&deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{DeliveryDelivered: &deliveryv1.DeliveryDelivered{CourierId: rider}}})
)

func rejected(code string) step.Input {
	return event(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{ReasonCode: code, Reason: "Sorry"}}})
}

func ticketCancelled(started bool) step.Input {
	return event(&kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{Started: started}}})
}

func assigned(courier string) step.Input {
	return event(&deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{DeliveryAssigned: &deliveryv1.DeliveryAssigned{CourierId: courier}}})
}

func deliveryFailed(code string, pickedUp bool) step.Input {
	return event(&deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{DeliveryFailed: &deliveryv1.DeliveryFailed{
		ReasonCode: code, Reason: "It failed", PickedUp: pickedUp,
	}}})
}

func inputs(in ...step.Input) []step.Input { return in }

func after(more ...step.Input) []step.Input { return append([]step.Input{placed}, more...) }

// run plays each scenario, with the inputs a minute apart.
func run(t *testing.T, scenarios []scenario) {
	t.Helper()
	policy := fulfilment.NewPolicy(1)
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			var f fulfilment.Fulfilment
			at := noon
			play := func(in step.Input) *fulfilmentv1.FulfilmentEvent {
				in.ID, in.At = orderID, at
				at = at.Add(time.Minute)
				e := policy.Decide(f, in)
				if e == nil {
					return nil
				}
				var err error
				f, err = fulfilment.Evolve(f, e)
				require.NoError(t, err)
				return e
			}
			for _, in := range s.given {
				play(in)
			}
			e := play(s.when)
			if s.then == "" {
				require.Nil(t, e)
				return
			}
			require.NotNil(t, e)
			require.Equal(t, s.then, fact(e))
			require.Equal(t, s.sends, sends(e))
			require.Equal(t, s.timers, timersOf(e))
			// The mechanism knows a repeat by its position, and a timer by what is set; facts are known without it, too.
			if s.when.Event != nil && !s.again {
				require.Nil(t, play(s.when), "a repeat is no news")
			}
		})
	}
}

func fact(e *fulfilmentv1.FulfilmentEvent) string {
	words := []string{strings.TrimPrefix(eventlog.TypeOf(e), "fulfilment.")}
	for _, says := range []interface{ GetEnding() fulfilmentv1.Ending }{
		e.GetFulfilmentTurned(), e.GetKitchenSettled(), e.GetDeliverySettled(), e.GetPaymentSettled(), e.GetFulfilmentEnded(),
	} {
		if ending := says.GetEnding(); ending != fulfilmentv1.Ending_ENDING_UNSPECIFIED {
			words = append(words, strings.TrimPrefix(ending.String(), "ENDING_"))
		}
	}
	return strings.Join(words, " ")
}

func sends(e *fulfilmentv1.FulfilmentEvent) []string {
	var out []string
	for _, c := range e.GetCommands() {
		request := step.Request(c)
		said := strings.TrimSuffix(string(request.ProtoReflect().Descriptor().Name()), "Request")
		switch r := request.(type) {
		case *paymentv1.CapturePaymentRequest:
			said += fmt.Sprint(" ", r.GetAmount().GetMinorUnits())
		case *orderingv1.RejectOrderRequest:
			said += " " + r.GetReasonCode() + ": " + r.GetReason()
		case *orderingv1.CancelOrderRequest:
			said += " " + r.GetReasonCode()
		case *deliveryv1.ReleaseDeliveryRequest:
			said += " " + r.GetCourierId()
		case *deliveryv1.FailDeliveryRequest:
			said += " " + r.GetReasonCode()
		}
		out = append(out, said)
	}
	return out
}

func timersOf(e *fulfilmentv1.FulfilmentEvent) []string {
	var out []string
	for _, t := range e.GetStep().GetTimersSet() {
		out = append(out, t.GetName()+" "+t.GetDue().AsTime().Format("15:04"))
	}
	return out
}
