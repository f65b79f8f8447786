package fulfilment

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	processv1 "tiffin/gen/tiffin/process/v1"
	"tiffin/platform/process/step"
)

type event = fulfilmentv1.FulfilmentEvent

// Decide returns what follows from the input: the fact that it is to this order, and what is to be done about it; nil where
// it is no news. It is called once for each input, but inputs come late, twice and in any order between domains.
func (p Policy) Decide(f Fulfilment, in step.Input) *event {
	if f.Ended || f.Order == nil && in.Event == nil {
		return nil
	}
	e := p.noted(f, in)
	if e == nil && in.Answer == nil {
		return nil
	}
	if e == nil {
		e = Answered()
	}
	after, err := Evolve(f, e)
	if err != nil { // noted makes only what Evolve knows
		return nil
	}
	if !f.ends() && after.ends() {
		e = quiet(with(e, after.callOff(in.ID, reasonOf(e))...))
	}
	e = with(e, after.settleUp(in.ID)...)
	after, _ = Evolve(f, e)
	if after.over() && in.Unanswered+len(e.GetCommands()) == 0 {
		return &event{Event: &fulfilmentv1.FulfilmentEvent_FulfilmentEnded{FulfilmentEnded: &fulfilmentv1.FulfilmentEnded{
			Ending: after.Ending, Payment: after.Outcome, Charged: after.Charged, CustomerId: after.Order.GetCustomerId(),
		}}}
	}
	return e
}

// Answered records an outcome from which nothing follows.
func Answered() *event {
	return &event{Event: &fulfilmentv1.FulfilmentEvent_CommandAnswered{CommandAnswered: &processv1.CommandAnswered{}}}
}

// noted returns the fact that the input is to this order, with what follows from it alone.
func (p Policy) noted(f Fulfilment, in step.Input) *event {
	switch e := in.Event.(type) {
	case *orderingv1.OrderEvent:
		return p.ordering(f, in, e)
	case *paymentv1.PaymentEvent:
		return p.payment(f, in, e)
	case *kitchenv1.TicketEvent:
		return p.kitchen(f, in, e)
	case *deliveryv1.DeliveryEvent:
		return p.delivery(f, in, e)
	}
	if in.Fired != "" {
		return p.fired(f, in)
	}
	return f.refused(in)
}

// over reports whether nothing is left to happen.
func (f Fulfilment) over() bool {
	return f.ends() && f.settled() && f.Payment == Settled &&
		(f.Ending != fulfilmentv1.Ending_ENDING_DELIVERED || f.Completed)
}

func (f Fulfilment) ends() bool { return f.Ending != fulfilmentv1.Ending_ENDING_UNSPECIFIED }

func reasonOf(e *event) string {
	switch v := e.GetEvent().(type) {
	case *fulfilmentv1.FulfilmentEvent_FulfilmentTurned:
		return v.FulfilmentTurned.GetReason()
	case *fulfilmentv1.FulfilmentEvent_KitchenSettled:
		return v.KitchenSettled.GetReason()
	case *fulfilmentv1.FulfilmentEvent_DeliverySettled:
		return v.DeliverySettled.GetReason()
	case *fulfilmentv1.FulfilmentEvent_PaymentSettled:
		return v.PaymentSettled.GetReason()
	}
	return ""
}

func with(e *event, commands ...*fulfilmentv1.FulfilmentCommand) *event {
	e.Commands = append(e.Commands, commands...)
	return e
}

// timed adds timers to set and names of timers to take back.
func timed(e *event, cancelled []string, set ...*processv1.Timer) *event {
	e.Step = step.Timed(e.GetStep(), cancelled, set)
	return e
}
