package payment_test

import (
	"testing"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/services/payment"
)

func TestAuthorize(t *testing.T) {
	with := func(amount *typev1.Money) func(payment.Payment) (*event, error) {
		return func(p payment.Payment) (*event, error) {
			return p.Authorize(&paymentv1.AuthorizePaymentRequest{
				PaymentId: id, CustomerId: ada, RestaurantId: saffron, Amount: amount, CardToken: "tok_ok",
			})
		}
	}
	when := with(eur(3220))
	run(t, []scenario{
		{name: "nothing yet", when: when, then: authorizationRequested, repeats: true},
		{name: "asked for", given: events{authorizationRequested}, when: when, refused: "PAYMENT_EXISTS"},
		{name: "declined", given: events{authorizationRequested, declined}, when: when, refused: "PAYMENT_EXISTS"},
		{name: "for nothing", when: with(eur(0)), refused: "INVALID_ARGUMENT", field: "amount.minor_units"},
		{name: "for less than nothing", when: with(eur(-1)), refused: "INVALID_ARGUMENT", field: "amount.minor_units"},
	})
}

func TestCapture(t *testing.T) {
	of := func(amount *typev1.Money) func(payment.Payment) (*event, error) {
		return func(p payment.Payment) (*event, error) {
			return p.Capture(&paymentv1.CapturePaymentRequest{PaymentId: id, Amount: amount, Reason: "Delivered"})
		}
	}
	when := of(eur(3000))
	again := &event{Event: &paymentv1.PaymentEvent_CaptureRequested{CaptureRequested: &paymentv1.CaptureRequested{
		OperationId: id + "-capture-3", Amount: eur(3000), Reason: "Delivered", Reference: "pay_1",
	}}}
	run(t, []scenario{
		{name: "authorized", given: events{authorizationRequested, authorized}, when: when, then: captureRequested},
		{name: "asked for", given: events{authorizationRequested, authorized, captureRequested}, when: when},
		{name: "captured", given: events{authorizationRequested, authorized, captureRequested, captured}, when: when},
		{name: "another amount is asked for", given: events{authorizationRequested, authorized, captureRequested}, when: of(eur(1)), refused: "PAYMENT_NOT_OPEN"},
		{name: "another amount is captured", given: events{authorizationRequested, authorized, captureRequested, captured}, when: of(eur(1)), refused: "PAYMENT_NOT_OPEN", meta: map[string]string{"status": "captured"}},
		{name: "refused before", given: events{authorizationRequested, authorized, captureRequested, captureFailed}, when: when, then: again},
		{name: "void refused before", given: events{authorizationRequested, authorized, voidRequested, voidFailed}, when: when, then: again},
		{name: "not known yet", given: events{authorizationRequested}, when: when, refused: "PAYMENT_NOT_OPEN", meta: map[string]string{"open_operation_id": authorizeID}},
		{name: "to be voided when known", given: events{authorizationRequested, voidWaits}, when: when, refused: "PAYMENT_NOT_OPEN"},
		{name: "authorized after its void was asked for", given: events{authorizationRequested, voidWaits, authorizedForVoid}, when: when, refused: "PAYMENT_NOT_OPEN"},
		{name: "void asked for", given: events{authorizationRequested, authorized, voidRequested}, when: when, refused: "PAYMENT_NOT_OPEN"},
		{name: "voided", given: events{authorizationRequested, authorized, voidRequested, voided}, when: when, refused: "PAYMENT_NOT_OPEN"},
		{name: "declined", given: events{authorizationRequested, declined}, when: when, refused: "PAYMENT_NOT_OPEN", meta: map[string]string{"status": "declined"}},
		{name: "more than authorized", given: events{authorizationRequested, authorized}, when: of(eur(3221)), refused: "AMOUNT_TOO_LARGE", meta: map[string]string{"available": "3220"}},
		{name: "nothing", given: events{authorizationRequested, authorized}, when: of(eur(0)), refused: "INVALID_ARGUMENT", field: "amount.minor_units"},
		{name: "another currency", given: events{authorizationRequested, authorized}, when: of(&typev1.Money{CurrencyCode: "USD", MinorUnits: 1}), refused: "INVALID_ARGUMENT", field: "amount.currency_code"},
		{name: "never asked for", when: when, refused: "PAYMENT_NOT_FOUND"},
	})
}

func TestVoid(t *testing.T) {
	when := func(p payment.Payment) (*event, error) {
		return p.Void(&paymentv1.VoidPaymentRequest{PaymentId: id, Reason: "Rejected"})
	}
	again := &event{Event: &paymentv1.PaymentEvent_VoidRequested{VoidRequested: &paymentv1.VoidRequested{
		OperationId: id + "-void-3", Reason: "Rejected", Reference: "pay_1",
	}}}
	run(t, []scenario{
		{name: "authorized", given: events{authorizationRequested, authorized}, when: when, then: voidRequested},
		{name: "not known yet", given: events{authorizationRequested}, when: when, then: voidWaits},
		{name: "waits already", given: events{authorizationRequested, voidWaits}, when: when},
		{name: "waited and goes", given: events{authorizationRequested, voidWaits, authorizedForVoid}, when: when},
		{name: "asked for", given: events{authorizationRequested, authorized, voidRequested}, when: when},
		{name: "voided", given: events{authorizationRequested, authorized, voidRequested, voided}, when: when},
		{name: "declined", given: events{authorizationRequested, declined}, when: when},
		{name: "declined while it waited", given: events{authorizationRequested, voidWaits, voidedAsDeclined}, when: when},
		{name: "refused before", given: events{authorizationRequested, authorized, voidRequested, voidFailed}, when: when, then: again},
		{name: "capture refused before", given: events{authorizationRequested, authorized, captureRequested, captureFailed}, when: when, then: again},
		{name: "capture asked for", given: events{authorizationRequested, authorized, captureRequested}, when: when, refused: "PAYMENT_NOT_OPEN", meta: map[string]string{"open_operation_id": captureID}},
		{name: "captured", given: events{authorizationRequested, authorized, captureRequested, captured}, when: when, refused: "PAYMENT_NOT_OPEN", meta: map[string]string{"status": "captured"}},
		{name: "never asked for", when: when, refused: "PAYMENT_NOT_FOUND"},
	})
}

func TestRefund(t *testing.T) {
	of := func(amount *typev1.Money) func(payment.Payment) (*event, error) {
		return func(p payment.Payment) (*event, error) {
			return p.Refund(&paymentv1.RefundPaymentRequest{PaymentId: id, Amount: amount, Reason: "Cold"})
		}
	}
	taken := events{authorizationRequested, authorized, captureRequested, captured}
	with := func(more ...*event) events { return append(append(events{}, taken...), more...) }
	next := &event{Event: &paymentv1.PaymentEvent_RefundRequested{RefundRequested: &paymentv1.RefundRequested{
		OperationId: id + "-refund-4", Amount: eur(2000), Reason: "Cold", Reference: "pay_1",
	}}}
	all := &event{Event: &paymentv1.PaymentEvent_RefundRequested{RefundRequested: &paymentv1.RefundRequested{
		OperationId: id + "-refund-4", Amount: eur(3000), Reason: "Cold", Reference: "pay_1",
	}}}
	run(t, []scenario{
		{name: "captured", given: taken, when: of(eur(1000)), then: refundRequested, repeats: true},
		{name: "the rest", given: with(refundRequested, refunded), when: of(eur(2000)), then: next, repeats: true},
		{name: "more than the rest", given: with(refundRequested, refunded), when: of(eur(2001)), refused: "AMOUNT_TOO_LARGE", meta: map[string]string{"available": "2000"}},
		{name: "what was refused is there again", given: with(refundRequested, refundFailed), when: of(eur(3000)), then: all, repeats: true},
		{name: "another has no outcome", given: with(refundRequested), when: of(eur(1)), refused: "PAYMENT_NOT_OPEN", meta: map[string]string{"open_operation_id": refundID}},
		{name: "capture has no outcome", given: events{authorizationRequested, authorized, captureRequested}, when: of(eur(1)), refused: "PAYMENT_NOT_OPEN"},
		{name: "authorized", given: events{authorizationRequested, authorized}, when: of(eur(1)), refused: "PAYMENT_NOT_OPEN"},
		{name: "voided", given: events{authorizationRequested, authorized, voidRequested, voided}, when: of(eur(1)), refused: "PAYMENT_NOT_OPEN"},
		{name: "never asked for", when: of(eur(1)), refused: "PAYMENT_NOT_FOUND"},
	})
}

// Every event of the oneof is to be evolved: a new one fails here until it is.
func TestEveryEventEvolves(t *testing.T) {
	fields := (&event{}).ProtoReflect().Descriptor().Oneofs().ByName("event").Fields()
	for i := range fields.Len() {
		e := &event{}
		m := e.ProtoReflect()
		m.Set(fields.Get(i), m.NewField(fields.Get(i)))
		if _, err := payment.Evolve(payment.Payment{}, e); err != nil {
			t.Errorf("%s: %v", fields.Get(i).Name(), err)
		}
	}
	if _, err := payment.Evolve(payment.Payment{}, &event{}); err == nil {
		t.Error("an empty event evolved")
	}
}

func TestAnOperationNamesItsPayment(t *testing.T) {
	for operation, want := range map[string]string{authorizeID: id, refundID: id, "": "", "x": "", "x-capture-1": "", id + "0-void-1": ""} {
		if got := payment.Of(operation); got != want {
			t.Errorf("%q is of %q, want %q", operation, got, want)
		}
	}
}
