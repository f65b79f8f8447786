package fulfilment

import (
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	"tiffin/platform/process/step"
)

// The timers.
const (
	authorization = "authorization"
	answer        = "answer"
	cooking       = "cooking"
	collection    = "collection"
	arrival       = "arrival"
)

// fired decides what a deadline means that has passed. What it waited for may have happened while it fired.
func (p Policy) fired(f Fulfilment, in step.Input) *event {
	switch {
	case in.Fired == arrival && f.PickedUp && f.Delivery != Settled:
		overdue := &event{Event: &fulfilmentv1.FulfilmentEvent_ArrivalOverdue{ArrivalOverdue: &fulfilmentv1.ArrivalOverdue{}}}
		return with(overdue, failDelivery(in.ID, "COURIER_LOST", "The courier did not arrive."))
	case f.ends():
	case in.Fired == authorization && f.Payment == Asked:
		return turned(fulfilmentv1.Ending_ENDING_PAYMENT_UNAVAILABLE, "The payment could not be made at the moment.")
	case in.Fired == answer && f.Kitchen == Asked:
		return turned(fulfilmentv1.Ending_ENDING_RESTAURANT_SILENT, "The restaurant did not answer.")
	case in.Fired == cooking && f.Kitchen == Agreed && !f.Ready:
		return turned(fulfilmentv1.Ending_ENDING_KITCHEN_OVERDUE, "The restaurant did not finish in time.")
	case in.Fired == collection && f.Courier != "" && !f.PickedUp && f.Vanished >= p.Couriers:
		return turned(fulfilmentv1.Ending_ENDING_COURIER_VANISHED, "No courier came to collect the food.")
	case in.Fired == collection && f.Courier != "" && !f.PickedUp:
		overdue := &event{Event: &fulfilmentv1.FulfilmentEvent_CollectionOverdue{CollectionOverdue: &fulfilmentv1.CollectionOverdue{
			CourierId: f.Courier,
		}}}
		return with(overdue, release(in.ID, f.Courier))
	}
	return nil
}

// quiet takes the deadlines back that an ending makes idle; whoever has the food is still waited for.
func quiet(e *event) *event { return timed(e, []string{authorization, answer, cooking, collection}) }
