package dispatch

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/process/step"
)

func (p Policy) delivery(d Dispatch, in step.Input, e *deliveryv1.DeliveryEvent, free []Candidate) *event {
	if requested := e.GetDeliveryRequested(); requested != nil && d.Delivery == nil {
		started := &event{Event: &dispatchv1.DispatchEvent_DispatchStarted{DispatchStarted: &dispatchv1.DispatchStarted{Delivery: requested}}}
		d.Delivery = requested
		return p.next(d, in, free, timed(started, nil, step.Timer(deadline, in.At, p.Search)))
	}
	if d.Delivery == nil || d.closing() {
		return nil
	}
	switch e := e.GetEvent().(type) {
	case *deliveryv1.DeliveryEvent_DeliveryReleased:
		return p.released(d, in, e.DeliveryReleased.GetCourierId(), free)
	case *deliveryv1.DeliveryEvent_DeliveryDelivered:
		return d.close(in.ID, dispatchv1.DispatchOutcome_DISPATCH_OUTCOME_DELIVERED,
			courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED, d.Delivery.GetPayout())
	case *deliveryv1.DeliveryEvent_DeliveryFailed:
		return d.close(in.ID, dispatchv1.DispatchOutcome_DISPATCH_OUTCOME_FAILED,
			courierv1.DeliveryOutcome_DELIVERY_OUTCOME_FAILED, d.earned(e.DeliveryFailed))
	case *deliveryv1.DeliveryEvent_DeliveryCancelled:
		return d.close(in.ID, dispatchv1.DispatchOutcome_DISPATCH_OUTCOME_CANCELLED,
			courierv1.DeliveryOutcome_DELIVERY_OUTCOME_CANCELLED, nil)
	}
	return nil
}

// released frees the courier and begins to look anew.
func (p Policy) released(d Dispatch, in step.Input, courier string, free []Candidate) *event {
	if d.Courier != courier {
		return nil
	}
	lost := &event{Event: &dispatchv1.DispatchEvent_CourierLost{CourierLost: &dispatchv1.CourierLost{CourierId: courier}}}
	lost = with(lost, finish(courier, in.ID, courierv1.DeliveryOutcome_DELIVERY_OUTCOME_RELEASED, nil))
	return p.next(d, in, free, timed(lost, nil, step.Timer(deadline, in.At, p.Search)))
}

// close tells whoever holds the delivery or an offer of it that it is over.
func (d Dispatch) close(id string, outcome dispatchv1.DispatchOutcome, told courierv1.DeliveryOutcome, earned *typev1.Money) *event {
	e := &event{Event: &dispatchv1.DispatchEvent_DispatchClosing{DispatchClosing: &dispatchv1.DispatchClosing{Outcome: outcome}}}
	if d.Courier != "" {
		e = with(e, finish(d.Courier, id, told, earned))
	}
	if d.Offer.ID != "" {
		e = with(e, withdraw(d.Offer))
	}
	return timed(e, []string{search, answer, deadline, unclear})
}

// earned is what a courier gets who came in vain: all of it where the customer was not there, else nothing.
func (d Dispatch) earned(e *deliveryv1.DeliveryFailed) *typev1.Money {
	if code := e.GetReasonCode(); e.GetPickedUp() && (code == "NOBODY_THERE" || code == "ADDRESS_NOT_FOUND") {
		return d.Delivery.GetPayout()
	}
	return nil
}
