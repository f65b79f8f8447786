package orders

import (
	"fmt"
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

// releaseFailed and refundFailed are the reasons' codes where the card's side would not do what it was asked.
const (
	releaseFailed = "RELEASE_FAILED"
	refundFailed  = "REFUND_FAILED"
)

func (d *Document) payment(data *paymentv1.PaymentEvent, at time.Time) {
	p := &d.Payment
	switch event := data.GetEvent().(type) {
	case *paymentv1.PaymentEvent_PaymentAuthorized:
		p.State, p.Authorized = int32(customerv1.PaymentState_AUTHORIZED), event.PaymentAuthorized.GetAmount().GetMinorUnits()
		d.paid(customerv1.OrderStatus_PAYMENT_AUTHORIZED, at, event.PaymentAuthorized.GetAmount())
	case *paymentv1.PaymentEvent_PaymentDeclined:
		p.State, p.Settled = int32(customerv1.PaymentState_DECLINED), true
		p.ReasonCode, p.Reason = event.PaymentDeclined.GetReasonCode(), event.PaymentDeclined.GetReason()
		d.tell(Entry{
			Status: int32(customerv1.OrderStatus_PAYMENT_DECLINED), Time: at, Note: p.Reason, ReasonCode: p.ReasonCode,
		})
	case *paymentv1.PaymentEvent_CaptureRequested:
		d.because(event.CaptureRequested.GetReason())
	case *paymentv1.PaymentEvent_PaymentCaptured:
		p.State, p.Settled = int32(customerv1.PaymentState_CAPTURED), true
		p.Charged = event.PaymentCaptured.GetAmount().GetMinorUnits()
		d.paid(customerv1.OrderStatus_PAYMENT_CAPTURED, at, event.PaymentCaptured.GetAmount())
	case *paymentv1.PaymentEvent_VoidRequested:
		d.because(event.VoidRequested.GetReason())
	case *paymentv1.PaymentEvent_PaymentVoided:
		p.State, p.Settled = int32(customerv1.PaymentState_RELEASED), true
		if p.Authorized > 0 {
			d.paid(customerv1.OrderStatus_PAYMENT_RELEASED, at, d.money(p.Authorized))
		}
	case *paymentv1.PaymentEvent_RefundRequested:
		d.because(event.RefundRequested.GetReason())
	case *paymentv1.PaymentEvent_PaymentRefunded:
		p.State = int32(customerv1.PaymentState_REFUNDED)
		p.Refunded += event.PaymentRefunded.GetAmount().GetMinorUnits()
		d.paid(customerv1.OrderStatus_PAYMENT_REFUNDED, at, event.PaymentRefunded.GetAmount())
	case *paymentv1.PaymentEvent_OperationFailed:
		d.unpaid(event.OperationFailed.GetKind())
	default:
		panic(fmt.Errorf("unknown payment event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}

// paid tells of money, and why it is not the usual.
func (d *Document) paid(status customerv1.OrderStatus, at time.Time, amount *typev1.Money) {
	d.tell(Entry{Status: int32(status), Time: at, Note: d.Payment.Reason, ReasonCode: d.Payment.ReasonCode, Amount: amount.GetMinorUnits()})
}

// unpaid notes that the card's side refused for good.
func (d *Document) unpaid(kind paymentv1.OperationKind) {
	switch kind {
	case paymentv1.OperationKind_OPERATION_KIND_CAPTURE:
		// What can't be taken is released next, which says why.
	case paymentv1.OperationKind_OPERATION_KIND_VOID:
		d.Payment.State = int32(customerv1.PaymentState_UNSETTLED)
		d.because(releaseFailed)
	case paymentv1.OperationKind_OPERATION_KIND_REFUND:
		d.Payment.State = int32(customerv1.PaymentState_UNSETTLED)
		d.because(refundFailed)
	case paymentv1.OperationKind_OPERATION_KIND_AUTHORIZATION, paymentv1.OperationKind_OPERATION_KIND_UNSPECIFIED:
	}
}
