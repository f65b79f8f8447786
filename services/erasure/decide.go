package erasure

import (
	"slices"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	erasurev1 "tiffin/gen/tiffin/erasure/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/process/step"
)

type event = erasurev1.ErasureEvent

// The timers.
const (
	overdue   = "overdue"
	forgotten = "forgotten"
)

// Decide returns what follows from the input; nil where it is no news. open are the customer's orders that have not ended,
// as of this input or later.
func (p Policy) Decide(e Erasure, in step.Input, open func(customerID string) []string) *event {
	switch data := in.Event.(type) {
	case *customerv1.CustomerEvent:
		if data.GetErasureRequested() == nil || e.Stage != 0 {
			return nil
		}
		return p.begin(in, open(in.Source))
	case *orderingv1.OrderEvent:
		return e.found(in.Source)
	case *fulfilmentv1.FulfilmentEvent:
		return e.settled(in.Source)
	}
	if in.Answer != nil {
		return p.answered(e, in)
	}
	return e.fired(in)
}

// Answered records an outcome from which nothing follows: a refused cancellation, too, for an order that is over is not open.
func Answered() *event {
	return &event{Event: &erasurev1.ErasureEvent_CommandAnswered{CommandAnswered: &processv1.CommandAnswered{}}}
}

func (p Policy) begin(in step.Input, open []string) *event {
	slices.Sort(open)
	started := &event{Event: &erasurev1.ErasureEvent_ErasureStarted{ErasureStarted: &erasurev1.ErasureStarted{
		CustomerId: in.Source, OrderIds: open,
	}}}
	if len(open) == 0 {
		return with(started, destroy(in.Source))
	}
	for _, id := range open {
		started = with(started, cancel(id))
	}
	return timed(started, nil, step.Timer(overdue, in.At, p.Orders))
}

// found calls an order off that was placed while ordering had not heard of the leaving. It can come at any stage; once the
// key is gone, nothing in it can be read.
func (e Erasure) found(orderID string) *event {
	if e.Stage == 0 || slices.Contains(e.Open, orderID) {
		return nil
	}
	found := &event{Event: &erasurev1.ErasureEvent_OrderFound{OrderFound: &erasurev1.OrderFound{OrderId: orderID}}}
	return with(found, cancel(orderID))
}

func (e Erasure) settled(orderID string) *event {
	if !slices.Contains(e.Open, orderID) {
		return nil
	}
	settled := &event{Event: &erasurev1.ErasureEvent_OrderSettled{OrderSettled: &erasurev1.OrderSettled{OrderId: orderID}}}
	if e.Stage == Ending && len(e.Open) == 1 {
		return timed(with(settled, destroy(e.CustomerID)), []string{overdue})
	}
	return settled
}

func (p Policy) answered(e Erasure, in step.Input) *event {
	switch in.Answer.Request.(type) {
	case *customerv1.DestroyKeyRequest:
		if e.Stage != Destroying || in.Answer.Refused != nil {
			return nil
		}
		gone := &event{Event: &erasurev1.ErasureEvent_KeyDestroyed{KeyDestroyed: &erasurev1.KeyDestroyed{}}}
		return timed(gone, nil, step.Timer(forgotten, in.At, p.Memory))
	case *customerv1.ConfirmErasureRequest:
		if e.Stage != Confirming || in.Answer.Refused != nil {
			return nil
		}
		return &event{Event: &erasurev1.ErasureEvent_ErasureEnded{ErasureEnded: &erasurev1.ErasureEnded{}}}
	}
	return nil
}

func (e Erasure) fired(in step.Input) *event {
	switch {
	case in.Fired == overdue && e.Stage == Ending:
		late := &event{Event: &erasurev1.ErasureEvent_ErasureOverdue{ErasureOverdue: &erasurev1.ErasureOverdue{OrderIds: e.Open}}}
		return with(late, destroy(e.CustomerID))
	case in.Fired == forgotten && e.Stage == Forgetting:
		done := &event{Event: &erasurev1.ErasureEvent_KeyForgotten{KeyForgotten: &erasurev1.KeyForgotten{}}}
		return with(done, confirm(e.CustomerID))
	}
	return nil
}

func with(e *event, commands ...*command) *event {
	e.Commands = append(e.Commands, commands...)
	return e
}

// timed adds timers to set and names of timers to take back.
func timed(e *event, cancelled []string, set ...*processv1.Timer) *event {
	e.Step = step.Timed(e.GetStep(), cancelled, set)
	return e
}
