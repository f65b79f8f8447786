package orders

import (
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/view"
)

// Route names the order that an event concerns, if any: its ticket, delivery and payment bear its id.
func Route(e view.Event) []string {
	switch data := e.Data.(type) {
	case *orderingv1.OrderEvent:
		return []string{e.AggregateID}
	case *paymentv1.PaymentEvent:
		if data.GetAuthorizationRequested() != nil {
			return nil
		}
		return []string{e.AggregateID}
	case *kitchenv1.TicketEvent:
		if data.GetTicketHandedOver() != nil || data.GetTicketCancelled() != nil {
			return nil
		}
		return []string{e.AggregateID}
	case *deliveryv1.DeliveryEvent:
		if data.GetDeliveryRequested() != nil {
			return nil
		}
		return []string{e.AggregateID}
	}
	return nil
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	at := stamp(e.Time)
	switch data := e.Data.(type) {
	case *orderingv1.OrderEvent:
		d.OrderID = e.AggregateID
		d.ordering(data, at)
	case *paymentv1.PaymentEvent:
		d.payment(data, at)
	case *kitchenv1.TicketEvent:
		d.kitchen(data, at)
	case *deliveryv1.DeliveryEvent:
		d.delivery(data, at)
	}
	return view.Keep
}

// tell adds an entry to the timeline, and moves the stage on. The clocks of four domains don't agree to the millisecond, and
// what was changed must not look older than before.
func (d *Document) tell(entry Entry) {
	if entry.Time.After(d.ChangedAt) {
		d.ChangedAt = entry.Time
	}
	d.Timeline = append(d.Timeline, entry)
	if reached(entry.Status) > reached(d.Stage) {
		d.Stage = entry.Status
	}
}

// reached orders the stages; what is none is zero. Inputs of four domains come in any order, and food that is on its way when
// the order is cancelled comes all the same: so a stage stays until one is reached that says more.
func reached(status int32) int {
	switch customerv1.OrderStatus(status) {
	case customerv1.OrderStatus_PLACED:
		return 1
	case customerv1.OrderStatus_PAYMENT_AUTHORIZED:
		return 2
	case customerv1.OrderStatus_ACCEPTED:
		return 3
	case customerv1.OrderStatus_COOKING:
		return 4
	case customerv1.OrderStatus_READY:
		return 5
	case customerv1.OrderStatus_PICKED_UP:
		return 6
	case customerv1.OrderStatus_REJECTED, customerv1.OrderStatus_CANCELLED, customerv1.OrderStatus_PAYMENT_DECLINED:
		return 7
	case customerv1.OrderStatus_DELIVERY_FAILED:
		return 8
	case customerv1.OrderStatus_DELIVERED:
		return 9
	case customerv1.OrderStatus_COMPLETED:
		return 10
	case customerv1.OrderStatus_ORDER_STATUS_UNSPECIFIED, customerv1.OrderStatus_CONFIRMED, customerv1.OrderStatus_DELAYED,
		customerv1.OrderStatus_COURIER_ASSIGNED, customerv1.OrderStatus_COURIER_LEFT, customerv1.OrderStatus_PAYMENT_CAPTURED,
		customerv1.OrderStatus_PAYMENT_RELEASED, customerv1.OrderStatus_PAYMENT_REFUNDED:
	}
	return 0
}

// has reports whether the food has come as far as the stage, or the order to an end.
func (d *Document) has(stage customerv1.OrderStatus) bool {
	return reached(d.Stage) >= reached(int32(stage))
}

// stamp is as exact as MongoDB stores it, so that a document equals what is read back.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
