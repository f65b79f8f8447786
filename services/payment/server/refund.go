package server

import (
	"context"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/identity"
	"tiffin/services/payment"
)

// RefundPayment is for the house: somebody who heard a complaint asks for it, or fulfilment.
func (s *Server) RefundPayment(ctx context.Context, r *paymentv1.RefundPaymentRequest) (*paymentv1.RefundPaymentResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.payments.Execute(ctx, r.GetPaymentId(), func(p payment.Payment) (*paymentv1.PaymentEvent, error) {
		return p.Refund(r)
	})
	if err != nil {
		return nil, err
	}
	return &paymentv1.RefundPaymentResponse{Position: position}, nil
}
