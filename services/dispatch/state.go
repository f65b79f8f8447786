package dispatch

import (
	"fmt"
	"maps"
	"time"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	"tiffin/platform/process/step"
)

// Dispatch is what its events say about one delivery's search for a courier. The zero value is one that was not begun.
type Dispatch struct {
	Delivery *deliveryv1.DeliveryRequested
	// Offer is the one that is open, or may be; its zero value: none is.
	Offer Offer
	// Courier who took the delivery on and was not told yet that it is over; empty: nobody.
	Courier string
	// Asked is until when a courier is not asked again.
	Asked map[string]time.Time
	// Offers counts them, and Misses how often in a row nobody was near.
	Offers, Misses int
	// Outcome is why it ends; unspecified: somebody is looked for, or has the delivery.
	Outcome dispatchv1.DispatchOutcome
	Ended   bool
}

// Offer is an offer to one courier.
type Offer struct {
	ID, Courier string
}

func (d Dispatch) closing() bool {
	return d.Outcome != dispatchv1.DispatchOutcome_DISPATCH_OUTCOME_UNSPECIFIED
}

// Evolve returns the dispatch after the event. An event that it does not know is an error.
func (p Policy) Evolve(d Dispatch, e *dispatchv1.DispatchEvent) (Dispatch, error) {
	switch v := e.GetEvent().(type) {
	case *dispatchv1.DispatchEvent_DispatchStarted:
		d.Delivery = v.DispatchStarted.GetDelivery()
	case *dispatchv1.DispatchEvent_OfferClosed:
		d.Offer = Offer{}
	case *dispatchv1.DispatchEvent_OfferTaken:
		d.Offer, d.Courier, d.Misses = Offer{}, v.OfferTaken.GetCourierId(), 0
	case *dispatchv1.DispatchEvent_CourierFreed:
		d.Courier = ""
	case *dispatchv1.DispatchEvent_CourierLost:
		d.Courier = ""
	case *dispatchv1.DispatchEvent_DispatchClosing:
		d.Outcome, d.Courier = v.DispatchClosing.GetOutcome(), ""
	case *dispatchv1.DispatchEvent_DispatchEnded:
		d.Ended, d.Offer = true, Offer{}
	case *dispatchv1.DispatchEvent_CourierSought, *dispatchv1.DispatchEvent_OfferOverdue,
		*dispatchv1.DispatchEvent_CommandAnswered:
	default:
		return d, fmt.Errorf("dispatch: unknown event %T", v)
	}
	return p.commanded(d, e), nil
}

// commanded returns the dispatch after what was decided to be sent.
func (p Policy) commanded(d Dispatch, e *dispatchv1.DispatchEvent) Dispatch {
	for _, c := range e.GetCommands() {
		if r, ok := step.Request(c).(*courierv1.OfferDeliveryRequest); ok {
			d.Offer, d.Misses, d.Offers = Offer{ID: r.GetOfferId(), Courier: r.GetCourierId()}, 0, d.Offers+1
			d = d.notBefore(r.GetCourierId(), r.GetExpiresAt().AsTime().Add(p.Forgiven))
		}
	}
	for _, t := range e.GetStep().GetTimersSet() {
		if t.GetName() == search {
			d.Misses++
		}
	}
	return d
}

// notBefore keeps a courier from being asked again. States may be shared, so the map is not changed in place.
func (d Dispatch) notBefore(courier string, t time.Time) Dispatch {
	asked := maps.Clone(d.Asked)
	if asked == nil {
		asked = map[string]time.Time{}
	}
	asked[courier] = t
	d.Asked = asked
	return d
}
