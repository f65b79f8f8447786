package payment_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
	"tiffin/services/payment"
)

type (
	event  = paymentv1.PaymentEvent
	events = []*event
)

// scenario reads: given these events, when the command arrives, then this event follows, or none, or this refusal.
type scenario struct {
	name  string
	given events
	when  func(payment.Payment) (*event, error)
	then  *event
	// refused is the problem's code; field is the one that it names, meta what it says beside.
	refused, field string
	meta           map[string]string
	// repeats says that the same command again is another wish, not a repeat.
	repeats bool
}

func run(t *testing.T, scenarios []scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			p := after(t, s.given...)
			got, err := s.when(p)
			if s.refused != "" {
				checkRefusal(t, s, got, err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s.then, got, protocmp.Transform()); diff != "" {
				t.Fatal(diff)
			}
			if got != nil && !s.repeats {
				if again, err := s.when(evolve(t, p, got)); again != nil || err != nil {
					t.Fatalf("a repeat gives %v, %v, want no event", again, err)
				}
			}
		})
	}
}

func checkRefusal(t *testing.T, s scenario, got *event, err error) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != s.refused || got != nil {
		t.Fatalf("got %v, %v, want the refusal %s", got, err, s.refused)
	}
	if s.field != "" && (len(p.Violations) == 0 || p.Violations[0].Field != s.field) {
		t.Fatalf("got %v, want a violation of %s", p.Violations, s.field)
	}
	for k, want := range s.meta {
		if p.Meta[k] != want {
			t.Fatalf("meta %s is %q, want %q", k, p.Meta[k], want)
		}
	}
}

func after(t *testing.T, given ...*event) payment.Payment {
	t.Helper()
	var p payment.Payment
	for _, e := range given {
		p = evolve(t, p, e)
	}
	return p
}

func evolve(t *testing.T, p payment.Payment, e *event) payment.Payment {
	t.Helper()
	p, err := payment.Evolve(p, e)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

const (
	id      = "01J000000000000000000RDER0"
	ada     = "01J0000000000000000000ADA0"
	saffron = "01J0000000000000000SAFFR0N"

	authorizeID = id + "-authorize-1"
	captureID   = id + "-capture-2"
	voidID      = id + "-void-2"
	refundID    = id + "-refund-3"
)

var (
	authorizationRequested = &event{Event: &paymentv1.PaymentEvent_AuthorizationRequested{
		AuthorizationRequested: &paymentv1.AuthorizationRequested{
			OperationId: authorizeID, CustomerId: ada, RestaurantId: saffron, Amount: eur(3220), CardToken: "tok_ok",
		},
	}}
	authorized = &event{Event: &paymentv1.PaymentEvent_PaymentAuthorized{PaymentAuthorized: &paymentv1.PaymentAuthorized{
		OperationId: authorizeID, Reference: "pay_1", Amount: eur(3220),
	}}}
	authorizedForVoid = &event{Event: &paymentv1.PaymentEvent_PaymentAuthorized{PaymentAuthorized: &paymentv1.PaymentAuthorized{
		OperationId: authorizeID, Reference: "pay_1", Amount: eur(3220), VoidOperationId: voidID,
	}}}
	declined = &event{Event: &paymentv1.PaymentEvent_PaymentDeclined{PaymentDeclined: &paymentv1.PaymentDeclined{
		OperationId: authorizeID, ReasonCode: "CARD_DECLINED", Reason: "The card was declined",
	}}}
	captureRequested = &event{Event: &paymentv1.PaymentEvent_CaptureRequested{CaptureRequested: &paymentv1.CaptureRequested{
		OperationId: captureID, Amount: eur(3000), Reason: "Delivered", Reference: "pay_1",
	}}}
	captured = &event{Event: &paymentv1.PaymentEvent_PaymentCaptured{PaymentCaptured: &paymentv1.PaymentCaptured{
		OperationId: captureID, Amount: eur(3000),
	}}}
	captureFailed = failed(captureID, paymentv1.OperationKind_OPERATION_KIND_CAPTURE)
	voidRequested = &event{Event: &paymentv1.PaymentEvent_VoidRequested{VoidRequested: &paymentv1.VoidRequested{
		OperationId: voidID, Reason: "Rejected", Reference: "pay_1",
	}}}
	voidWaits = &event{Event: &paymentv1.PaymentEvent_VoidRequested{VoidRequested: &paymentv1.VoidRequested{
		OperationId: voidID, Reason: "Rejected", AwaitsOperationId: authorizeID,
	}}}
	voided = &event{Event: &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{
		OperationId: voidID,
	}}}
	voidedAsDeclined = &event{Event: &paymentv1.PaymentEvent_PaymentVoided{PaymentVoided: &paymentv1.PaymentVoided{
		OperationId: voidID, DeclinedOperationId: authorizeID, ReasonCode: "CARD_DECLINED", Reason: "The card was declined",
	}}}
	voidFailed      = failed(voidID, paymentv1.OperationKind_OPERATION_KIND_VOID)
	refundRequested = &event{Event: &paymentv1.PaymentEvent_RefundRequested{RefundRequested: &paymentv1.RefundRequested{
		OperationId: refundID, Amount: eur(1000), Reason: "Cold", Reference: "pay_1",
	}}}
	refunded = &event{Event: &paymentv1.PaymentEvent_PaymentRefunded{PaymentRefunded: &paymentv1.PaymentRefunded{
		OperationId: refundID, Amount: eur(1000),
	}}}
	refundFailed = failed(refundID, paymentv1.OperationKind_OPERATION_KIND_REFUND)
)

func failed(operationID string, kind paymentv1.OperationKind) *event {
	return &event{Event: &paymentv1.PaymentEvent_OperationFailed{OperationFailed: &paymentv1.OperationFailed{
		OperationId: operationID, ReasonCode: "CARD_DECLINED", Reason: "The card was declined", Kind: kind,
	}}}
}
