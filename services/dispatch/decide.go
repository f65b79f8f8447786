package dispatch

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	dispatchv1 "tiffin/gen/tiffin/dispatch/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/process/step"
)

type event = dispatchv1.DispatchEvent

// Decide returns what follows from the input; nil where it is no news. The candidates are who is free at that moment.
func (p Policy) Decide(d Dispatch, in step.Input, free []Candidate) *event {
	if d.Ended {
		return d.late(in)
	}
	e := p.noted(d, in, free)
	if e == nil && in.Answer == nil {
		return nil
	}
	if e == nil {
		e = Answered()
	}
	after, err := p.Evolve(d, e)
	if err != nil { // noted makes only what Evolve knows
		return nil
	}
	if after.closing() && after.Offer.ID == "" && in.Unanswered+len(e.GetCommands()) == 0 {
		return &event{Event: &dispatchv1.DispatchEvent_DispatchEnded{DispatchEnded: &dispatchv1.DispatchEnded{Outcome: after.Outcome}}}
	}
	return e
}

// Answered records an outcome from which nothing follows.
func Answered() *event {
	return &event{Event: &dispatchv1.DispatchEvent_CommandAnswered{CommandAnswered: &processv1.CommandAnswered{}}}
}

func (p Policy) noted(d Dispatch, in step.Input, free []Candidate) *event {
	switch e := in.Event.(type) {
	case *deliveryv1.DeliveryEvent:
		return p.delivery(d, in, e, free)
	case *courierv1.CourierEvent:
		return p.courier(d, in, e, free)
	}
	switch {
	case d.Delivery == nil:
		return nil
	case in.Fired != "":
		return p.fired(d, in, free)
	}
	return p.refused(d, in, free)
}

func with(e *event, commands ...*dispatchv1.DispatchCommand) *event {
	e.Commands = append(e.Commands, commands...)
	return e
}

// timed adds timers to set and names of timers to take back.
func timed(e *event, cancelled []string, set ...*processv1.Timer) *event {
	e.Step = step.Timed(e.GetStep(), cancelled, set)
	return e
}
