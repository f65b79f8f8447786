package payment

import (
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

// Refund asks for what was taken, or a part of it, to be given back. Two refunds of the same amount are two: a repeat is
// known by its command id only.
func (p Payment) Refund(c *paymentv1.RefundPaymentRequest) (*paymentv1.PaymentEvent, error) {
	if err := p.exists(); err != nil {
		return nil, err
	}
	if p.Status != Captured || p.Open.ID != "" {
		return nil, p.refused()
	}
	if err := p.within(c.GetAmount(), p.Captured-p.Refunded); err != nil {
		return nil, err
	}
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_RefundRequested{RefundRequested: &paymentv1.RefundRequested{
		OperationId: p.next(c.GetPaymentId(), paymentv1.OperationKind_OPERATION_KIND_REFUND),
		Amount:      c.GetAmount(), Reason: c.GetReason(), Reference: p.Reference,
	}}}, nil
}
