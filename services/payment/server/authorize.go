package server

import (
	"context"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/identity"
	"tiffin/services/payment"
)

// AuthorizePayment is for the house: fulfilment asks for it when an order was placed.
func (s *Server) AuthorizePayment(ctx context.Context, r *paymentv1.AuthorizePaymentRequest) (*paymentv1.AuthorizePaymentResponse, error) {
	if err := identity.FromContext(ctx).Require(operations, service); err != nil {
		return nil, err
	}
	position, err := s.payments.Create(ctx, r.GetPaymentId(), func(p payment.Payment) (*paymentv1.PaymentEvent, error) {
		return p.Authorize(r)
	})
	if err != nil {
		return nil, err
	}
	return &paymentv1.AuthorizePaymentResponse{Position: position}, nil
}
