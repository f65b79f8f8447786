package check

import (
	courierv1 "tiffin/gen/tiffin/courier/v1"
	"tiffin/platform/eventlog"
)

// OneDelivery is the rule of couriers.
const OneDelivery = "a courier has one delivery at a time"

// couriers are who has which delivery in hand. The rule is not the courier service's own: a judge that asks the accused finds
// nothing.
type couriers struct {
	unmoved
	holds map[string]string
	// by is who has a delivery in hand.
	by map[string]string
}

func newCouriers() *couriers { return &couriers{holds: map[string]string{}, by: map[string]string{}} }

func (c *couriers) event(e eventlog.Event, broken tell) {
	data, ok := e.Data.(*courierv1.CourierEvent)
	if !ok {
		return
	}
	if taken := data.GetOfferAccepted(); taken != nil {
		delivery := taken.GetDeliveryId()
		if held := c.holds[e.AggregateID]; held != "" {
			broken(OneDelivery, e.AggregateID, "takes %s on at %d, and has %s", delivery, e.Position, held)
		}
		if other := c.by[delivery]; other != "" && other != e.AggregateID {
			broken(OneDelivery, delivery, "%s takes it on at %d, and %s has it", e.AggregateID, e.Position, other)
		}
		c.holds[e.AggregateID], c.by[delivery] = delivery, e.AggregateID
	}
	if done := data.GetDeliveryFinished(); done != nil {
		delete(c.holds, e.AggregateID)
		delete(c.by, done.GetDeliveryId())
	}
}
