package dispatch

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	"tiffin/platform/process/step"
)

// refused decides what the refusal of a command means.
func (p Policy) refused(d Dispatch, in step.Input, free []Candidate) *event {
	switch r := in.Refused().(type) {
	case *courierv1.OfferDeliveryRequest:
		return p.closed(d, in, r.GetOfferId(), dispatchv1.OfferEnd_OFFER_END_REFUSED, free)
	case *courierv1.ExpireOfferRequest:
		return p.wait(d, in, r.GetOfferId())
	case *courierv1.WithdrawOfferRequest:
		return p.wait(d, in, r.GetOfferId())
	case *deliveryv1.AssignDeliveryRequest:
		if d.Courier != r.GetCourierId() {
			return nil
		}
		freed := &event{Event: &dispatchv1.DispatchEvent_CourierFreed{CourierFreed: &dispatchv1.CourierFreed{CourierId: d.Courier}}}
		return with(freed, finish(d.Courier, in.ID, courierv1.DeliveryOutcome_DELIVERY_OUTCOME_CANCELLED, nil))
	}
	return nil
}

// wait gives the courier's own event a time to tell how the offer ended: it may have been accepted.
func (p Policy) wait(d Dispatch, in step.Input, offerID string) *event {
	if d.Offer.ID != offerID {
		return nil
	}
	return timed(Answered(), nil, step.Timer(unclear, in.At, p.Unclear))
}
