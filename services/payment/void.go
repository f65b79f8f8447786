package payment

import (
	paymentv1 "tiffin/gen/tiffin/payment/v1"
)

// Void asks for what is reserved to be released. While the authorization has no outcome it waits for that: of a declined
// payment nothing is left to release, and an authorized one is voided at once.
func (p Payment) Void(c *paymentv1.VoidPaymentRequest) (*paymentv1.PaymentEvent, error) {
	if err := p.exists(); err != nil {
		return nil, err
	}
	voiding := p.WaitingVoid != "" || p.Open.Kind == paymentv1.OperationKind_OPERATION_KIND_VOID
	if voiding || p.Status == Voided || p.Status == Declined {
		return nil, nil
	}
	requested := &paymentv1.VoidRequested{
		OperationId: p.next(c.GetPaymentId(), paymentv1.OperationKind_OPERATION_KIND_VOID),
		Reason:      c.GetReason(), Reference: p.Reference,
	}
	switch {
	case p.Open.Kind == authorization:
		requested.AwaitsOperationId = p.Open.ID
	case p.Status != Authorized || p.Open.ID != "":
		return nil, p.refused()
	}
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_VoidRequested{VoidRequested: requested}}, nil
}
