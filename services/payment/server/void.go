package server

import (
	"context"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/identity"
	"tiffin/services/payment"
)

// VoidPayment is for the house: fulfilment asks for it when an order comes to nothing.
func (s *Server) VoidPayment(ctx context.Context, r *paymentv1.VoidPaymentRequest) (*paymentv1.VoidPaymentResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.payments.Execute(ctx, r.GetPaymentId(), func(p payment.Payment) (*paymentv1.PaymentEvent, error) {
		return p.Void(r)
	})
	if err != nil {
		return nil, err
	}
	return &paymentv1.VoidPaymentResponse{Position: position}, nil
}
