package fulfilment

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/process/step"
)

// refused decides what the refusal of a command means. What begins a branch and is refused settles it. Any other refusal
// says that the branch went on without us: its own event says how.
func (f Fulfilment) refused(in step.Input) *event {
	switch in.Refused().(type) {
	case *paymentv1.AuthorizePaymentRequest:
		return settledPayment(fulfilmentv1.PaymentOutcome_PAYMENT_OUTCOME_RELEASED, nil,
			fulfilmentv1.Ending_ENDING_PAYMENT_DECLINED, "The payment could not be made.")
	case *paymentv1.CapturePaymentRequest:
		if f.Payment != Settled {
			return f.uncaptured(in.ID)
		}
	case *kitchenv1.OpenTicketRequest:
		return settledKitchen(false, fulfilmentv1.Ending_ENDING_RESTAURANT_REJECTED, "The restaurant can't take the order.")
	case *kitchenv1.HandOverTicketRequest:
		// Its kitchen never said that it was ready; nobody is to go on cooking what is on its way.
		return with(Answered(), cancelTicket(in.ID, "PICKED_UP", "The courier has picked it up."))
	case *deliveryv1.RequestDeliveryRequest:
		return settledDelivery(false, fulfilmentv1.Ending_ENDING_NO_COURIER, "The order can't be delivered.")
	}
	return nil
}
