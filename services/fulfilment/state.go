package fulfilment

import (
	"fmt"
	"time"

	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/process/step"
)

// Branch is how far one of the parallel branches of an order is.
type Branch int

// A branch that was not begun has the zero value.
const (
	// Asked: its command was decided, its outcome is not known.
	Asked Branch = iota + 1
	// Agreed: the amount is reserved, the restaurant cooks, a courier is on the way.
	Agreed
	// Settled: nothing more will happen.
	Settled
)

// Fulfilment is what its events say about one order's way. The zero value is one that was not begun.
type Fulfilment struct {
	Order                      *orderingv1.OrderPlaced
	Payment, Kitchen, Delivery Branch
	// Confirmed: the order was told that it will be made.
	Confirmed bool
	// Cooking, Ready, PickedUp and Delivered are the food's own way.
	Cooking, Ready, PickedUp, Delivered bool
	// Courier who is to collect the food; empty: nobody is.
	Courier string
	// Vanished is how many couriers did not collect it in time.
	Vanished int
	// Ending is why it ends; unspecified: it takes its usual way.
	Ending fulfilmentv1.Ending
	// Capturing is what was asked to be taken, Releasing that what is reserved was asked to be released.
	Capturing *typev1.Money
	Releasing bool
	// Outcome is what became of the money, and Charged what was taken.
	Outcome fulfilmentv1.PaymentOutcome
	Charged *typev1.Money
	// Completed: the order was told that it reached the customer.
	Completed, Ended bool
	// ReadyAt is when the restaurant says that the food is ready.
	ReadyAt time.Time
}

// settled reports whether nothing more will happen to the food, so that the charge can be decided.
func (f Fulfilment) settled() bool {
	return (f.Kitchen == 0 || f.Kitchen == Settled) && (f.Delivery == 0 || f.Delivery == Settled)
}

// Evolve returns the fulfilment after the event. An event that it does not know is an error.
func Evolve(f Fulfilment, e *fulfilmentv1.FulfilmentEvent) (Fulfilment, error) {
	switch v := e.GetEvent().(type) {
	case *fulfilmentv1.FulfilmentEvent_FulfilmentStarted:
		f.Order = v.FulfilmentStarted.GetOrder()
	case *fulfilmentv1.FulfilmentEvent_PaymentSecured:
		f.Payment = Agreed
	case *fulfilmentv1.FulfilmentEvent_KitchenAgreed:
		f.Kitchen, f.ReadyAt = Agreed, v.KitchenAgreed.GetReadyAt().AsTime()
	case *fulfilmentv1.FulfilmentEvent_CookingStarted:
		f.Cooking = true
	case *fulfilmentv1.FulfilmentEvent_FoodReady:
		f.Cooking, f.Ready = true, true
	case *fulfilmentv1.FulfilmentEvent_CourierFound:
		f.Courier, f.Delivery = v.CourierFound.GetCourierId(), Agreed
	case *fulfilmentv1.FulfilmentEvent_CourierGone:
		f.Courier, f.Delivery = "", Asked
	case *fulfilmentv1.FulfilmentEvent_CollectionOverdue:
		f.Vanished++
	case *fulfilmentv1.FulfilmentEvent_FoodCollected:
		f.Courier, f.Delivery, f.Kitchen = v.FoodCollected.GetCourierId(), Agreed, Settled
		f.Cooking, f.Ready, f.PickedUp = true, true, true
	case *fulfilmentv1.FulfilmentEvent_FulfilmentTurned:
		f = f.ending(v.FulfilmentTurned.GetEnding())
	case *fulfilmentv1.FulfilmentEvent_KitchenSettled:
		f.Kitchen, f.Cooking = Settled, f.Cooking || v.KitchenSettled.GetStarted()
		f = f.ending(v.KitchenSettled.GetEnding())
	case *fulfilmentv1.FulfilmentEvent_DeliverySettled:
		f.Delivery, f.Delivered = Settled, v.DeliverySettled.GetDelivered()
		f = f.ending(v.DeliverySettled.GetEnding())
	case *fulfilmentv1.FulfilmentEvent_PaymentSettled:
		f.Payment, f.Outcome, f.Charged = Settled, v.PaymentSettled.GetOutcome(), v.PaymentSettled.GetCharged()
		f = f.ending(v.PaymentSettled.GetEnding())
	case *fulfilmentv1.FulfilmentEvent_FulfilmentEnded:
		f.Ended = true
	case *fulfilmentv1.FulfilmentEvent_ArrivalOverdue, *fulfilmentv1.FulfilmentEvent_CaptureFailed,
		*fulfilmentv1.FulfilmentEvent_CommandAnswered:
	default:
		return f, fmt.Errorf("fulfilment: unknown event %T", v)
	}
	return f.commanded(e.GetCommands()), nil
}

// ending returns the fulfilment with the reason for which it ends: the first one stays.
func (f Fulfilment) ending(e fulfilmentv1.Ending) Fulfilment {
	if f.Ending == fulfilmentv1.Ending_ENDING_UNSPECIFIED {
		f.Ending = e
	}
	return f
}

// commanded returns the fulfilment after what was decided to be sent.
func (f Fulfilment) commanded(commands []*fulfilmentv1.FulfilmentCommand) Fulfilment {
	for _, c := range commands {
		switch r := step.Request(c).(type) {
		case *paymentv1.AuthorizePaymentRequest:
			f.Payment = Asked
		case *paymentv1.CapturePaymentRequest:
			f.Capturing = r.GetAmount()
		case *paymentv1.VoidPaymentRequest:
			f.Releasing, f.Capturing = true, nil
		case *kitchenv1.OpenTicketRequest:
			f.Kitchen = Asked
		case *deliveryv1.RequestDeliveryRequest:
			f.Delivery = Asked
		case *orderingv1.ConfirmOrderRequest:
			f.Confirmed = true
		case *orderingv1.CompleteOrderRequest:
			f.Completed = true
		}
	}
	return f
}
