package fulfilment

import (
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/process/step"
)

func (p Policy) payment(f Fulfilment, in step.Input, e *paymentv1.PaymentEvent) *event {
	if f.Order == nil || f.Payment == Settled {
		return nil
	}
	switch e := e.GetEvent().(type) {
	case *paymentv1.PaymentEvent_PaymentAuthorized:
		if f.ends() || f.Payment != Asked {
			return nil
		}
		secured := &event{Event: &fulfilmentv1.FulfilmentEvent_PaymentSecured{PaymentSecured: &fulfilmentv1.PaymentSecured{}}}
		answerBy := step.Timer(answer, in.At, p.Answer)
		return timed(with(secured, openTicket(in.ID, f.Order, answerBy.GetDue())), []string{authorization}, answerBy)
	case *paymentv1.PaymentEvent_PaymentDeclined:
		return settledPayment(fulfilmentv1.PaymentOutcome_PAYMENT_OUTCOME_RELEASED, nil,
			fulfilmentv1.Ending_ENDING_PAYMENT_DECLINED, e.PaymentDeclined.GetReason())
	case *paymentv1.PaymentEvent_PaymentVoided:
		return settledPayment(fulfilmentv1.PaymentOutcome_PAYMENT_OUTCOME_RELEASED, nil, fulfilmentv1.Ending_ENDING_CALLED_OFF, "")
	case *paymentv1.PaymentEvent_PaymentCaptured:
		return settledPayment(fulfilmentv1.PaymentOutcome_PAYMENT_OUTCOME_CAPTURED, e.PaymentCaptured.GetAmount(),
			fulfilmentv1.Ending_ENDING_UNSPECIFIED, "")
	case *paymentv1.PaymentEvent_OperationFailed:
		switch {
		case f.Capturing != nil:
			return f.uncaptured(in.ID)
		case f.Releasing:
			return settledPayment(fulfilmentv1.PaymentOutcome_PAYMENT_OUTCOME_UNSETTLED, nil, fulfilmentv1.Ending_ENDING_UNSPECIFIED, "")
		}
	}
	return nil
}

// uncaptured gives up on the money: what can't be taken is released.
func (f Fulfilment) uncaptured(id string) *event {
	failed := &event{Event: &fulfilmentv1.FulfilmentEvent_CaptureFailed{CaptureFailed: &fulfilmentv1.CaptureFailed{}}}
	return with(failed, voidPayment(id, "CAPTURE_FAILED"))
}

// settleUp asks for the money as the table says, once nothing more will happen to the food; and tells the order when it is
// through. It must not be earlier: until then somebody may still bring the food, who is to be paid.
func (f Fulfilment) settleUp(id string) []*fulfilmentv1.FulfilmentCommand {
	if !f.ends() || !f.settled() {
		return nil
	}
	if f.Payment != Settled {
		if f.Capturing != nil || f.Releasing {
			return nil
		}
		if charge := f.charge(); charge.GetMinorUnits() > 0 && f.Payment == Agreed {
			return one(capture(id, charge, f.Ending))
		}
		return one(voidPayment(id, name(f.Ending)))
	}
	if f.Ending == fulfilmentv1.Ending_ENDING_DELIVERED && !f.Completed {
		return one(complete(id))
	}
	return nil
}

func settledPayment(outcome fulfilmentv1.PaymentOutcome, charged *typev1.Money, ending fulfilmentv1.Ending, reason string) *event {
	return &event{Event: &fulfilmentv1.FulfilmentEvent_PaymentSettled{PaymentSettled: &fulfilmentv1.PaymentSettled{
		Outcome: outcome, Charged: charged, Ending: ending, Reason: reason,
	}}}
}
