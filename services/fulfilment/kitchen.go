package fulfilment

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/process/step"
)

func (p Policy) kitchen(f Fulfilment, in step.Input, e *kitchenv1.TicketEvent) *event {
	if f.Order == nil || f.Kitchen == Settled {
		return nil
	}
	switch e := e.GetEvent().(type) {
	case *kitchenv1.TicketEvent_TicketRejected:
		ending := fulfilmentv1.Ending_ENDING_RESTAURANT_REJECTED
		if e.TicketRejected.GetReasonCode() == "ITEMS_SOLD_OUT" {
			ending = fulfilmentv1.Ending_ENDING_ITEMS_SOLD_OUT
		}
		return settledKitchen(f.Cooking, ending, e.TicketRejected.GetReason())
	case *kitchenv1.TicketEvent_TicketCancelled:
		return settledKitchen(e.TicketCancelled.GetStarted(), fulfilmentv1.Ending_ENDING_CALLED_OFF, e.TicketCancelled.GetReason())
	case *kitchenv1.TicketEvent_TicketHandedOver:
		return settledKitchen(true, fulfilmentv1.Ending_ENDING_UNSPECIFIED, "")
	}
	if f.ends() {
		return nil
	}
	switch e := e.GetEvent().(type) {
	case *kitchenv1.TicketEvent_TicketAccepted:
		if f.Kitchen != Asked {
			return nil
		}
		return with(p.agreed(e.TicketAccepted.GetReadyAt()), confirm(in.ID), requestDelivery(in.ID, f.Order, e.TicketAccepted.GetReadyAt()))
	case *kitchenv1.TicketEvent_TicketDelayed:
		return p.agreed(e.TicketDelayed.GetReadyAt())
	case *kitchenv1.TicketEvent_TicketStarted:
		if f.Cooking {
			return nil
		}
		return &event{Event: &fulfilmentv1.FulfilmentEvent_CookingStarted{CookingStarted: &fulfilmentv1.CookingStarted{}}}
	case *kitchenv1.TicketEvent_TicketReady:
		if f.Ready {
			return nil
		}
		return p.await(f.Courier != "", in.At, timed(&event{
			Event: &fulfilmentv1.FulfilmentEvent_FoodReady{FoodReady: &fulfilmentv1.FoodReady{}},
		}, []string{cooking}))
	}
	return nil
}

func (p Policy) agreed(readyAt *timestamppb.Timestamp) *event {
	return timed(&event{Event: &fulfilmentv1.FulfilmentEvent_KitchenAgreed{KitchenAgreed: &fulfilmentv1.KitchenAgreed{ReadyAt: readyAt}}},
		[]string{answer}, step.Timer(cooking, readyAt.AsTime(), p.Cooking))
}

// await gives the courier a time to collect the food, where there is a courier and it is ready.
func (p Policy) await(both bool, now time.Time, e *event) *event {
	if !both {
		return e
	}
	return timed(e, nil, step.Timer(collection, now, p.Collection))
}

func settledKitchen(started bool, ending fulfilmentv1.Ending, reason string) *event {
	return &event{Event: &fulfilmentv1.FulfilmentEvent_KitchenSettled{KitchenSettled: &fulfilmentv1.KitchenSettled{
		Started: started, Ending: ending, Reason: reason,
	}}}
}
