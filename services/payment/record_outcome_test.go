package payment_test

import (
	"testing"

	"pgregory.net/rapid"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/services/payment"
)

func succeeded(operationID string) func(payment.Payment) (*event, error) {
	return func(p payment.Payment) (*event, error) {
		return p.RecordOutcome(&paymentv1.RecordOutcomeRequest{
			PaymentId: id, OperationId: operationID,
			Outcome: &paymentv1.RecordOutcomeRequest_Succeeded{Succeeded: &paymentv1.Succeeded{Reference: "pay_1"}},
		})
	}
}

func refused(operationID string) func(payment.Payment) (*event, error) {
	return func(p payment.Payment) (*event, error) {
		return p.RecordOutcome(&paymentv1.RecordOutcomeRequest{
			PaymentId: id, OperationId: operationID,
			Outcome: &paymentv1.RecordOutcomeRequest_Refused{Refused: &paymentv1.Refused{
				ReasonCode: "CARD_DECLINED", Reason: "The card was declined",
			}},
		})
	}
}

func TestRecordOutcome(t *testing.T) {
	run(t, []scenario{
		{name: "authorized", given: events{authorizationRequested}, when: succeeded(authorizeID), then: authorized},
		{name: "declined", given: events{authorizationRequested}, when: refused(authorizeID), then: declined},
		{name: "authorized, to be voided", given: events{authorizationRequested, voidWaits}, when: succeeded(authorizeID), then: authorizedForVoid},
		{name: "declined, to be voided", given: events{authorizationRequested, voidWaits}, when: refused(authorizeID), then: voidedAsDeclined},
		{name: "captured", given: events{authorizationRequested, authorized, captureRequested}, when: succeeded(captureID), then: captured},
		{name: "capture refused", given: events{authorizationRequested, authorized, captureRequested}, when: refused(captureID), then: captureFailed},
		{name: "voided", given: events{authorizationRequested, authorized, voidRequested}, when: succeeded(voidID), then: voided},
		{name: "voided after it waited", given: events{authorizationRequested, voidWaits, authorizedForVoid}, when: succeeded(voidID), then: voided},
		{name: "void refused", given: events{authorizationRequested, authorized, voidRequested}, when: refused(voidID), then: voidFailed},
		{name: "refunded", given: events{authorizationRequested, authorized, captureRequested, captured, refundRequested}, when: succeeded(refundID), then: refunded},
		{name: "refund refused", given: events{authorizationRequested, authorized, captureRequested, captured, refundRequested}, when: refused(refundID), then: refundFailed},
		{name: "an old outcome while another is open", given: events{authorizationRequested, authorized, captureRequested}, when: succeeded(authorizeID)},
		{name: "an old outcome after the end", given: events{authorizationRequested, authorized, captureRequested, captured}, when: succeeded(authorizeID)},
		{name: "declined and said again", given: events{authorizationRequested, voidWaits, voidedAsDeclined}, when: refused(authorizeID)},
		{name: "declined, then approved", given: events{authorizationRequested, declined}, when: succeeded(authorizeID), refused: "OUTCOME_CONTRADICTED"},
		{name: "captured, then refused", given: events{authorizationRequested, authorized, captureRequested, captured}, when: refused(captureID), refused: "OUTCOME_CONTRADICTED"},
		{name: "a void that waits was not asked for", given: events{authorizationRequested, voidWaits}, when: succeeded(voidID), refused: "OPERATION_NOT_FOUND"},
		{name: "an operation of nobody's", given: events{authorizationRequested}, when: succeeded(captureID), refused: "OPERATION_NOT_FOUND"},
		{name: "a payment of nobody's", when: succeeded(authorizeID), refused: "PAYMENT_NOT_FOUND"},
	})
}

// Whatever is asked and said, in any order and as often as it likes: captured once or voided, never both, and no more given
// back than was taken.
func TestMoneyIsTakenOnceOrNotAtAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p payment.Payment
		var asked []string
		var took, gave int64
		captures, voids := 0, 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			before := p
			e, err := step(t, p, asked)
			if err != nil || e == nil {
				continue
			}
			if p, err = payment.Evolve(p, e); err != nil {
				t.Fatal(err)
			}
			if before.Open.ID != "" && p.Open.ID != "" && before.Open.ID != p.Open.ID && before.WaitingVoid != p.Open.ID {
				t.Fatalf("%s was opened while %s was", p.Open.ID, before.Open.ID)
			}
			if p.Open.ID != "" && p.Open.ID != before.Open.ID {
				asked = append(asked, p.Open.ID)
			}
			switch e := e.GetEvent().(type) {
			case *paymentv1.PaymentEvent_PaymentCaptured:
				captures, took = captures+1, e.PaymentCaptured.GetAmount().GetMinorUnits()
			case *paymentv1.PaymentEvent_PaymentVoided:
				voids++
			case *paymentv1.PaymentEvent_PaymentRefunded:
				gave += e.PaymentRefunded.GetAmount().GetMinorUnits()
			}
			if captures+voids > 1 || gave > took || took > 1000 {
				t.Fatalf("%d captures, %d voids, %d taken, %d given back", captures, voids, took, gave)
			}
		}
		seen := map[string]bool{}
		for _, id := range asked {
			if seen[id] {
				t.Fatalf("the id %s was given twice", id)
			}
			seen[id] = true
		}
	})
}

func step(t *rapid.T, p payment.Payment, asked []string) (*event, error) {
	amount := eur(rapid.Int64Range(-1, 1100).Draw(t, "amount"))
	switch rapid.IntRange(0, 6).Draw(t, "command") {
	case 0:
		return p.Authorize(&paymentv1.AuthorizePaymentRequest{PaymentId: id, Amount: eur(1000)})
	case 1:
		return p.Capture(&paymentv1.CapturePaymentRequest{PaymentId: id, Amount: amount})
	case 2:
		return p.Void(&paymentv1.VoidPaymentRequest{PaymentId: id})
	case 3:
		return p.Refund(&paymentv1.RefundPaymentRequest{PaymentId: id, Amount: amount})
	}
	of := rapid.SampledFrom(append([]string{voidID}, asked...)).Draw(t, "operation")
	if rapid.Bool().Draw(t, "succeeded") {
		return succeeded(of)(p)
	}
	return refused(of)(p)
}
