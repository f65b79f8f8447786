package server

import (
	"context"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/identity"
	"tiffin/services/payment"
)

// CapturePayment is for the house: fulfilment asks for it when the food was delivered, or is to be paid all the same.
func (s *Server) CapturePayment(ctx context.Context, r *paymentv1.CapturePaymentRequest) (*paymentv1.CapturePaymentResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.payments.Execute(ctx, r.GetPaymentId(), func(p payment.Payment) (*paymentv1.PaymentEvent, error) {
		return p.Capture(r)
	})
	if err != nil {
		return nil, err
	}
	return &paymentv1.CapturePaymentResponse{Position: position}, nil
}
