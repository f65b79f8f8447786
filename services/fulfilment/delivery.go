package fulfilment

import (
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	"tiffin/platform/process/step"
)

func (p Policy) delivery(f Fulfilment, in step.Input, e *deliveryv1.DeliveryEvent) *event {
	if f.Order == nil || f.Delivery == Settled {
		return nil
	}
	switch e := e.GetEvent().(type) {
	case *deliveryv1.DeliveryEvent_DeliveryAssigned:
		if f.Courier == e.DeliveryAssigned.GetCourierId() {
			return nil
		}
		found := &event{Event: &fulfilmentv1.FulfilmentEvent_CourierFound{CourierFound: &fulfilmentv1.CourierFound{
			CourierId: e.DeliveryAssigned.GetCourierId(),
		}}}
		return p.await(f.Ready && !f.ends(), in.At, found)
	case *deliveryv1.DeliveryEvent_DeliveryReleased:
		if f.Courier != e.DeliveryReleased.GetCourierId() {
			return nil
		}
		return timed(&event{Event: &fulfilmentv1.FulfilmentEvent_CourierGone{CourierGone: &fulfilmentv1.CourierGone{
			CourierId: e.DeliveryReleased.GetCourierId(),
		}}}, []string{collection})
	case *deliveryv1.DeliveryEvent_DeliveryPickedUp:
		if f.PickedUp {
			return nil
		}
		collected := timed(&event{Event: &fulfilmentv1.FulfilmentEvent_FoodCollected{FoodCollected: &fulfilmentv1.FoodCollected{
			CourierId: e.DeliveryPickedUp.GetCourierId(),
		}}}, []string{cooking, collection}, step.Timer(arrival, in.At, p.Arrival))
		if f.Kitchen == Settled {
			return collected
		}
		return with(collected, handOver(in.ID))
	case *deliveryv1.DeliveryEvent_DeliveryDelivered:
		return timed(settledDelivery(true, fulfilmentv1.Ending_ENDING_DELIVERED, ""), []string{arrival})
	case *deliveryv1.DeliveryEvent_DeliveryFailed:
		return timed(settledDelivery(false, failure(e.DeliveryFailed), e.DeliveryFailed.GetReason()), []string{arrival})
	case *deliveryv1.DeliveryEvent_DeliveryCancelled:
		return settledDelivery(false, fulfilmentv1.Ending_ENDING_CALLED_OFF, e.DeliveryCancelled.GetReason())
	}
	return nil
}

func failure(e *deliveryv1.DeliveryFailed) fulfilmentv1.Ending {
	switch code := e.GetReasonCode(); {
	case e.GetPickedUp() && (code == "NOBODY_THERE" || code == "ADDRESS_NOT_FOUND"):
		return fulfilmentv1.Ending_ENDING_CUSTOMER_UNREACHABLE
	case e.GetPickedUp():
		return fulfilmentv1.Ending_ENDING_DELIVERY_FAILED
	}
	return fulfilmentv1.Ending_ENDING_NO_COURIER
}

func settledDelivery(delivered bool, ending fulfilmentv1.Ending, reason string) *event {
	return &event{Event: &fulfilmentv1.FulfilmentEvent_DeliverySettled{DeliverySettled: &fulfilmentv1.DeliverySettled{
		Delivered: delivered, Ending: ending, Reason: reason,
	}}}
}
