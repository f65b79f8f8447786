package orders

import (
	"regexp"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
)

// reasons are the words for why money took another way than to be taken in full, by how the order ended; as
// docs/refund-rules.md has them.
var reasons = map[string]string{
	"PAYMENT_DECLINED":     "The card’s side said no.",
	"PAYMENT_UNAVAILABLE":  "The card’s side did not answer in time.",
	"RESTAURANT_REJECTED":  "The restaurant could not take the order.",
	"ITEMS_SOLD_OUT":       "Something was sold out.",
	"RESTAURANT_SILENT":    "The restaurant did not answer in time.",
	"KITCHEN_OVERDUE":      "The food was not ready long after it should have been.",
	"NO_COURIER":           "Nobody could take the delivery.",
	"COURIER_VANISHED":     "No courier came to collect the food.",
	"CUSTOMER_UNREACHABLE": "The courier came, and nobody was there to take it: the food and the way are paid, the tip is not.",
	"DELIVERY_FAILED":      "The food was lost or damaged on its way.",
	customerCancelled:      "You cancelled before the kitchen had started, which is free.",
	"CALLED_OFF":           "The house called it off.",
	"CAPTURE_FAILED":       "The card could not be charged.",
	releaseFailed:          "The card’s side would not free what is reserved. We are looking into it.",
	refundFailed:           "The card’s side would not take the refund. We are looking into it.",
}

// cancelled are the words for what a customer who cancelled pays all the same, by how far the food was.
var cancelled = map[customerv1.OrderStatus]string{
	customerv1.OrderStatus_COOKING:   "You cancelled when the kitchen had started: the food is paid, the delivery and the tip are not.",
	customerv1.OrderStatus_PICKED_UP: "You cancelled when the food was on its way, and it comes all the same.",
}

var isCode = regexp.MustCompile(`^[A-Z_]+$`)

// because notes why the money takes the way that was asked for: a code of how the order ended, or somebody's words.
func (d *Document) because(reason string) {
	p := &d.Payment
	switch {
	case reason == "DELIVERED":
		p.ReasonCode, p.Reason = "", "" // as it should be
	case !isCode.MatchString(reason):
		p.Reason = reason
	case reason == customerCancelled && !d.PickedUpAt.IsZero():
		p.ReasonCode, p.Reason = reason, cancelled[customerv1.OrderStatus_PICKED_UP]
	case reason == customerCancelled && d.Cooked:
		p.ReasonCode, p.Reason = reason, cancelled[customerv1.OrderStatus_COOKING]
	default:
		p.ReasonCode, p.Reason = reason, reasons[reason]
	}
}

// cancellable reports whether calling the order off is of any use: food that is on its way comes all the same.
func (d *Document) cancellable() bool {
	status := customerv1.OrderStatus(d.Status)
	return (status == customerv1.OrderStatus_PLACED || status == customerv1.OrderStatus_CONFIRMED) &&
		!d.has(customerv1.OrderStatus_PICKED_UP)
}

// cancellationCharge is what calling the order off would cost now: nothing until the kitchen starts, then the food.
func (d *Document) cancellationCharge() int64 {
	if d.Cooked {
		return d.Subtotal
	}
	return 0
}
