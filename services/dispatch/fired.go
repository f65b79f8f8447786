package dispatch

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	"tiffin/platform/process/step"
)

// The timers.
const (
	answer   = "answer"
	search   = "search"
	deadline = "deadline"
	unclear  = "unclear"
)

func (p Policy) fired(d Dispatch, in step.Input, free []Candidate) *event {
	switch {
	case in.Fired == unclear && d.Offer.ID != "":
		return p.closed(d, in, d.Offer.ID, dispatchv1.OfferEnd_OFFER_END_UNCLEAR, free)
	case d.closing():
	case in.Fired == answer && d.Offer.ID != "":
		overdue := &event{Event: &dispatchv1.DispatchEvent_OfferOverdue{OfferOverdue: &dispatchv1.OfferOverdue{}}}
		return with(overdue, expire(d.Offer))
	case in.Fired == search && d.Offer.ID == "" && d.Courier == "":
		sought := &event{Event: &dispatchv1.DispatchEvent_CourierSought{CourierSought: &dispatchv1.CourierSought{}}}
		return p.next(d, in, free, sought)
	case in.Fired == deadline && d.Courier == "":
		e := d.close(in.ID, dispatchv1.DispatchOutcome_DISPATCH_OUTCOME_NO_COURIER,
			courierv1.DeliveryOutcome_DELIVERY_OUTCOME_CANCELLED, nil)
		return with(e, fail(in.ID))
	}
	return nil
}
