package dispatch

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	"tiffin/platform/process/step"
)

// accepted assigns the courier who took the open offer. One who accepted anything else is told that it is gone.
func (d Dispatch) accepted(id, courier, offerID string) *event {
	current := d.Offer.ID == offerID
	if current && !d.closing() {
		taken := &event{Event: &dispatchv1.DispatchEvent_OfferTaken{OfferTaken: &dispatchv1.OfferTaken{CourierId: courier}}}
		return timed(with(taken, assign(id, courier)), []string{answer, deadline, search, unclear})
	}
	outcome := courierv1.DeliveryOutcome_DELIVERY_OUTCOME_RELEASED
	if d.closing() {
		outcome = courierv1.DeliveryOutcome_DELIVERY_OUTCOME_CANCELLED
	}
	if !current {
		return with(Answered(), finish(courier, id, outcome, nil))
	}
	gone := &event{Event: &dispatchv1.DispatchEvent_OfferClosed{OfferClosed: &dispatchv1.OfferClosed{
		CourierId: courier, End: dispatchv1.OfferEnd_OFFER_END_WITHDRAWN,
	}}}
	return timed(with(gone, finish(courier, id, outcome, nil)), []string{unclear})
}

// late frees a courier whose word came when all was over: it was not known how the offer had ended.
func (d Dispatch) late(in step.Input) *event {
	e, _ := in.Event.(*courierv1.CourierEvent)
	if e.GetOfferAccepted() == nil {
		return nil
	}
	return d.accepted(in.ID, in.Source, e.GetOfferAccepted().GetOfferId())
}

// closed goes on to the next courier when the open offer came to nothing.
func (p Policy) closed(d Dispatch, in step.Input, offerID string, end dispatchv1.OfferEnd, free []Candidate) *event {
	if d.Offer.ID == "" || d.Offer.ID != offerID {
		return nil
	}
	e := timed(&event{Event: &dispatchv1.DispatchEvent_OfferClosed{OfferClosed: &dispatchv1.OfferClosed{
		CourierId: d.Offer.Courier, End: end,
	}}}, []string{unclear, answer})
	if d.closing() {
		return e
	}
	return p.next(d, in, free, e)
}
