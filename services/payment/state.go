package payment

import (
	"fmt"
	"maps"
	"strconv"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/problem"
)

// Status is what is known to have become of the money. What was asked for and has no outcome is the open operation.
type Status string

// The statuses. A payment that nobody asked for has the zero value.
const (
	Requested  Status = "requested"
	Declined   Status = "declined"
	Authorized Status = "authorized"
	Captured   Status = "captured"
	Voided     Status = "voided"
)

// Payment is what its events say about the payment of one order.
type Payment struct {
	Status     Status
	CustomerID string
	Currency   string
	// Authorized, Captured and Refunded are what the processor confirmed, in minor units.
	Authorized, Captured, Refunded int64
	// Reference is the processor's own id of the payment.
	Reference string
	// Open is the operation that has no outcome yet; its zero value: there is none.
	Open Operation
	// WaitingVoid is the operation that waits for the open authorization; empty: none does.
	WaitingVoid string
	// Count is how many operations there were, and Succeeded what became of those that have an outcome.
	Count     int
	Succeeded map[string]bool
}

// Evolve returns the payment after the event. An event that it does not know is an error.
func Evolve(p Payment, e *paymentv1.PaymentEvent) (Payment, error) {
	switch e := e.GetEvent().(type) {
	case *paymentv1.PaymentEvent_AuthorizationRequested:
		v := e.AuthorizationRequested
		p.Status, p.CustomerID, p.Currency = Requested, v.GetCustomerId(), v.GetAmount().GetCurrencyCode()
		p = p.asked(v.GetOperationId(), authorization, v.GetAmount())
	case *paymentv1.PaymentEvent_PaymentAuthorized:
		v := e.PaymentAuthorized
		p.Status, p.Reference, p.Authorized = Authorized, v.GetReference(), v.GetAmount().GetMinorUnits()
		p = p.settled(v.GetOperationId(), true)
		if void := v.GetVoidOperationId(); void != "" {
			p.WaitingVoid, p.Open = "", Operation{ID: void, Kind: paymentv1.OperationKind_OPERATION_KIND_VOID}
		}
	case *paymentv1.PaymentEvent_PaymentDeclined:
		p.Status = Declined
		p = p.settled(e.PaymentDeclined.GetOperationId(), false)
	case *paymentv1.PaymentEvent_CaptureRequested:
		p = p.asked(e.CaptureRequested.GetOperationId(), paymentv1.OperationKind_OPERATION_KIND_CAPTURE, e.CaptureRequested.GetAmount())
	case *paymentv1.PaymentEvent_PaymentCaptured:
		p.Status, p.Captured = Captured, e.PaymentCaptured.GetAmount().GetMinorUnits()
		p = p.settled(e.PaymentCaptured.GetOperationId(), true)
	case *paymentv1.PaymentEvent_VoidRequested:
		v := e.VoidRequested
		if v.GetAwaitsOperationId() != "" {
			p.WaitingVoid, p.Count = v.GetOperationId(), p.Count+1
			return p, nil
		}
		p = p.asked(v.GetOperationId(), paymentv1.OperationKind_OPERATION_KIND_VOID, nil)
	case *paymentv1.PaymentEvent_PaymentVoided:
		v := e.PaymentVoided
		p.Status, p.WaitingVoid = Voided, ""
		p = p.settled(v.GetOperationId(), true)
		if declined := v.GetDeclinedOperationId(); declined != "" {
			p = p.settled(declined, false)
		}
	case *paymentv1.PaymentEvent_RefundRequested:
		p = p.asked(e.RefundRequested.GetOperationId(), paymentv1.OperationKind_OPERATION_KIND_REFUND, e.RefundRequested.GetAmount())
	case *paymentv1.PaymentEvent_PaymentRefunded:
		p.Refunded += e.PaymentRefunded.GetAmount().GetMinorUnits()
		p = p.settled(e.PaymentRefunded.GetOperationId(), true)
	case *paymentv1.PaymentEvent_OperationFailed:
		p = p.settled(e.OperationFailed.GetOperationId(), false)
	default:
		return p, fmt.Errorf("payment: unknown event %T", e)
	}
	return p, nil
}

func (p Payment) asked(id string, kind paymentv1.OperationKind, amount *typev1.Money) Payment {
	p.Open, p.Count = Operation{ID: id, Kind: kind, Amount: amount.GetMinorUnits()}, p.Count+1
	return p
}

// settled closes the operation. States may be shared, so the map is not changed in place.
func (p Payment) settled(id string, succeeded bool) Payment {
	outcomes := maps.Clone(p.Succeeded)
	if outcomes == nil {
		outcomes = map[string]bool{}
	}
	outcomes[id] = succeeded
	p.Open, p.Succeeded = Operation{}, outcomes
	return p
}

// exists refuses what is asked of a payment that nobody asked for.
func (p Payment) exists() error {
	if p.Status == "" {
		return problem.Missing("PAYMENT_NOT_FOUND", "there is no such payment")
	}
	return nil
}

func (p Payment) refused() error {
	return problem.Refuse("PAYMENT_NOT_OPEN", "that can't be done with this payment: it is %s", p.Status).
		With("status", string(p.Status)).With("open_operation_id", p.Open.ID)
}

// within refuses an amount that is not between 1 and most, or not in the payment's currency.
func (p Payment) within(amount *typev1.Money, most int64) error {
	switch {
	case amount.GetCurrencyCode() != p.Currency:
		return problem.InvalidField("amount.currency_code", "this payment is in %s", p.Currency)
	case amount.GetMinorUnits() <= 0:
		return problem.InvalidField("amount.minor_units", "must be above 0")
	case amount.GetMinorUnits() > most:
		return problem.Refuse("AMOUNT_TOO_LARGE", "this is more than there is").With("available", strconv.FormatInt(most, 10))
	}
	return nil
}

func (p Payment) money(minor int64) *typev1.Money {
	return &typev1.Money{CurrencyCode: p.Currency, MinorUnits: minor}
}
