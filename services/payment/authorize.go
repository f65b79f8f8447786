package payment

import (
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/problem"
)

// Authorize asks for the amount to be reserved on the card.
func (p Payment) Authorize(c *paymentv1.AuthorizePaymentRequest) (*paymentv1.PaymentEvent, error) {
	if p.Status != "" {
		return nil, problem.Refuse("PAYMENT_EXISTS", "this order's payment was asked for already").With("status", string(p.Status))
	}
	if c.GetAmount().GetMinorUnits() <= 0 {
		return nil, problem.InvalidField("amount.minor_units", "must be above 0")
	}
	return &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_AuthorizationRequested{
		AuthorizationRequested: &paymentv1.AuthorizationRequested{
			OperationId: p.next(c.GetPaymentId(), authorization), CustomerId: c.GetCustomerId(),
			RestaurantId: c.GetRestaurantId(), Amount: c.GetAmount(), CardToken: c.GetCardToken(),
		},
	}}, nil
}
