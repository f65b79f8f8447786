package fulfilment

import (
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/process/step"
)

func (p Policy) ordering(f Fulfilment, in step.Input, e *orderingv1.OrderEvent) *event {
	switch e := e.GetEvent().(type) {
	case *orderingv1.OrderEvent_OrderPlaced:
		if f.Order != nil {
			return nil
		}
		started := &event{Event: &fulfilmentv1.FulfilmentEvent_FulfilmentStarted{FulfilmentStarted: &fulfilmentv1.FulfilmentStarted{
			Order: e.OrderPlaced,
		}}}
		return timed(with(started, authorize(in.ID, e.OrderPlaced)), nil, step.Timer(authorization, in.At, p.Authorization))
	case *orderingv1.OrderEvent_OrderCancelled:
		if f.Order == nil || f.ends() {
			return nil
		}
		return turned(fulfilmentv1.Ending_ENDING_CUSTOMER_CANCELLED, e.OrderCancelled.GetReason())
	case *orderingv1.OrderEvent_OrderRejected: // not by us: operations did it
		if f.Order == nil || f.ends() {
			return nil
		}
		return turned(fulfilmentv1.Ending_ENDING_CALLED_OFF, e.OrderRejected.GetReason())
	}
	return nil
}

func turned(ending fulfilmentv1.Ending, reason string) *event {
	return &event{Event: &fulfilmentv1.FulfilmentEvent_FulfilmentTurned{FulfilmentTurned: &fulfilmentv1.FulfilmentTurned{
		Ending: ending, Reason: reason,
	}}}
}
