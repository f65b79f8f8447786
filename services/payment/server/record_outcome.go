package server

import (
	"context"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/identity"
	"tiffin/services/payment"
)

// RecordOutcome is for our own services: the gateway alone knows what the processor said.
func (s *Server) RecordOutcome(ctx context.Context, r *paymentv1.RecordOutcomeRequest) (*paymentv1.RecordOutcomeResponse, error) {
	if err := identity.FromContext(ctx).Require(service); err != nil {
		return nil, err
	}
	position, err := s.payments.Execute(ctx, r.GetPaymentId(), func(p payment.Payment) (*paymentv1.PaymentEvent, error) {
		return p.RecordOutcome(r)
	})
	if err != nil {
		return nil, err
	}
	return &paymentv1.RecordOutcomeResponse{Position: position}, nil
}
