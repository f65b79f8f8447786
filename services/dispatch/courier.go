package dispatch

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	"tiffin/platform/process/step"
)

func (p Policy) courier(d Dispatch, in step.Input, e *courierv1.CourierEvent, free []Candidate) *event {
	if d.Delivery == nil {
		return nil
	}
	switch e := e.GetEvent().(type) {
	case *courierv1.CourierEvent_OfferAccepted:
		return d.accepted(in.ID, in.Source, e.OfferAccepted.GetOfferId())
	case *courierv1.CourierEvent_OfferDeclined:
		return p.closed(d, in, e.OfferDeclined.GetOfferId(), dispatchv1.OfferEnd_OFFER_END_DECLINED, free)
	case *courierv1.CourierEvent_ShiftEnded:
		return p.closed(d, in, e.ShiftEnded.GetOfferId(), dispatchv1.OfferEnd_OFFER_END_DECLINED, free)
	case *courierv1.CourierEvent_OfferExpired:
		return p.closed(d, in, e.OfferExpired.GetOfferId(), dispatchv1.OfferEnd_OFFER_END_EXPIRED, free)
	case *courierv1.CourierEvent_OfferWithdrawn:
		return p.closed(d, in, e.OfferWithdrawn.GetOfferId(), dispatchv1.OfferEnd_OFFER_END_WITHDRAWN, free)
	}
	return nil
}
