package payment

import (
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

// Capture asks for what is reserved, or a part of it, to be taken. The rest is released.
func (p Payment) Capture(c *paymentv1.CapturePaymentRequest) (*paymentv1.PaymentEvent, error) {
	if err := p.exists(); err != nil {
		return nil, err
	}
	capturing := p.Open.Kind == paymentv1.OperationKind_OPERATION_KIND_CAPTURE
	if asked := c.GetAmount(); asked.GetCurrencyCode() == p.Currency &&
		(capturing && asked.GetMinorUnits() == p.Open.Amount || p.Status == Captured && asked.GetMinorUnits() == p.Captured) {
		return nil, nil
	}
	if p.Status != Authorized || p.Open.ID != "" {
		return nil, p.refused()
	}
	if err := p.within(c.GetAmount(), p.Authorized); err != nil {
		return nil, err
	}
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_CaptureRequested{CaptureRequested: &paymentv1.CaptureRequested{
		OperationId: p.next(c.GetPaymentId(), paymentv1.OperationKind_OPERATION_KIND_CAPTURE),
		Amount:      c.GetAmount(), Reason: c.GetReason(), Reference: p.Reference,
	}}}, nil
}
