package gateway

import (
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/gateway"
)

// Intent is what the domain wants of the processor.
type Intent struct {
	PaymentID string
	Kind      paymentv1.OperationKind
	// Amount is nil for a void.
	Amount *typev1.Money
	// Reference is the processor's own id of the payment; empty for an authorization.
	Reference string
	// CardToken and CustomerID are for an authorization.
	CardToken, CustomerID string
}

type change = gateway.Change[Intent]

// route says which operations an event opens and closes. A void that waits opens when the authorization is known.
func route(e eventlog.Event) change {
	event, ok := e.Data.(*paymentv1.PaymentEvent)
	if !ok {
		return change{}
	}
	switch v := event.GetEvent().(type) {
	case *paymentv1.PaymentEvent_AuthorizationRequested:
		r := v.AuthorizationRequested
		return opens(r.GetOperationId(), Intent{
			PaymentID: e.AggregateID, Kind: paymentv1.OperationKind_OPERATION_KIND_AUTHORIZATION, Amount: r.GetAmount(),
			CardToken: r.GetCardToken(), CustomerID: r.GetCustomerId(),
		})
	case *paymentv1.PaymentEvent_PaymentAuthorized:
		a := v.PaymentAuthorized
		c := closes(a.GetOperationId(), true)
		if a.GetVoidOperationId() != "" {
			c.Opens, c.Intent = a.GetVoidOperationId(), voidOf(e.AggregateID, a.GetReference())
		}
		return c
	case *paymentv1.PaymentEvent_PaymentDeclined:
		return closes(v.PaymentDeclined.GetOperationId(), false)
	case *paymentv1.PaymentEvent_CaptureRequested:
		r := v.CaptureRequested
		return opens(r.GetOperationId(), Intent{
			PaymentID: e.AggregateID, Kind: paymentv1.OperationKind_OPERATION_KIND_CAPTURE, Amount: r.GetAmount(), Reference: r.GetReference(),
		})
	case *paymentv1.PaymentEvent_PaymentCaptured:
		return closes(v.PaymentCaptured.GetOperationId(), true)
	case *paymentv1.PaymentEvent_VoidRequested:
		if v.VoidRequested.GetAwaitsOperationId() != "" {
			return change{}
		}
		return opens(v.VoidRequested.GetOperationId(), voidOf(e.AggregateID, v.VoidRequested.GetReference()))
	case *paymentv1.PaymentEvent_PaymentVoided:
		if declined := v.PaymentVoided.GetDeclinedOperationId(); declined != "" {
			return closes(declined, false)
		}
		return closes(v.PaymentVoided.GetOperationId(), true)
	case *paymentv1.PaymentEvent_RefundRequested:
		r := v.RefundRequested
		return opens(r.GetOperationId(), Intent{
			PaymentID: e.AggregateID, Kind: paymentv1.OperationKind_OPERATION_KIND_REFUND, Amount: r.GetAmount(), Reference: r.GetReference(),
		})
	case *paymentv1.PaymentEvent_PaymentRefunded:
		return closes(v.PaymentRefunded.GetOperationId(), true)
	case *paymentv1.PaymentEvent_OperationFailed:
		return closes(v.OperationFailed.GetOperationId(), false)
	}
	return change{}
}

func opens(id string, i Intent) change { return change{Opens: id, Intent: i} }

func closes(id string, succeeded bool) change {
	return change{Closes: []gateway.Closed{{OperationID: id, Succeeded: succeeded}}}
}

func voidOf(paymentID, reference string) Intent {
	return Intent{PaymentID: paymentID, Kind: paymentv1.OperationKind_OPERATION_KIND_VOID, Reference: reference}
}
