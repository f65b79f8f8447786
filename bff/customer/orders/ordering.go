package orders

import (
	"fmt"
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/seal"
)

// customerCancelled is the reason's code where the house gives none.
const customerCancelled = "CUSTOMER_CANCELLED"

func (d *Document) ordering(data *orderingv1.OrderEvent, at time.Time) {
	switch event := data.GetEvent().(type) {
	case *orderingv1.OrderEvent_OrderPlaced:
		d.place(event.OrderPlaced)
		d.PlacedAt = at
		d.step(customerv1.OrderStatus_PLACED, at, "", "")
	case *orderingv1.OrderEvent_OrderConfirmed:
		if !d.has(customerv1.OrderStatus_ACCEPTED) {
			d.Stage = int32(customerv1.OrderStatus_ACCEPTED)
		}
		d.step(customerv1.OrderStatus_CONFIRMED, at, "", "")
	case *orderingv1.OrderEvent_OrderRejected:
		d.step(customerv1.OrderStatus_REJECTED, at, event.OrderRejected.GetReasonCode(), event.OrderRejected.GetReason())
	case *orderingv1.OrderEvent_OrderCancelled:
		code := event.OrderCancelled.GetReasonCode()
		if code == "" {
			code = customerCancelled
		}
		d.step(customerv1.OrderStatus_CANCELLED, at, code, event.OrderCancelled.GetReason())
	case *orderingv1.OrderEvent_OrderCompleted:
		d.step(customerv1.OrderStatus_COMPLETED, at, "", "")
	default:
		panic(fmt.Errorf("unknown order event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}

// step moves the order's own status on, which is also told.
func (d *Document) step(status customerv1.OrderStatus, at time.Time, code, reason string) {
	d.Status = int32(status)
	if code != "" || reason != "" {
		d.ReasonCode, d.Reason = code, reason
	}
	d.tell(Entry{Status: int32(status), Time: at, Note: reason, ReasonCode: code})
}

func (d *Document) place(p *orderingv1.OrderPlaced) {
	d.CustomerID, d.RestaurantID = p.GetCustomerId(), p.GetRestaurantId()
	d.RestaurantName, d.RestaurantImage = p.GetRestaurantName(), p.GetRestaurantImage()
	d.Restaurant = Place{p.GetRestaurantLocation().GetLatitude(), p.GetRestaurantLocation().GetLongitude()}
	d.Currency, d.PreparationMinutes = p.GetTotal().GetCurrencyCode(), p.GetPreparationMinutes()
	d.Subtotal, d.DeliveryFee = p.GetSubtotal().GetMinorUnits(), p.GetDeliveryFee().GetMinorUnits()
	d.Tip, d.Total = p.GetTip().GetMinorUnits(), p.GetTotal().GetMinorUnits()
	d.Address = seal.BoxOf(p.GetDeliveryAddress())
	d.Payment = Payment{State: int32(customerv1.PaymentState_PENDING)}
	d.Lines = nil
	for _, l := range p.GetLines() {
		line := Line{
			ItemID: l.GetItemId(), Name: l.GetName(), Image: l.GetImage(), Quantity: l.GetQuantity(),
			UnitPrice: l.GetUnitPrice().GetMinorUnits(), LineTotal: l.GetLineTotal().GetMinorUnits(),
			Note: seal.BoxOf(l.GetNote()),
		}
		for _, o := range l.GetOptions() {
			line.Options = append(line.Options, Option{o.GetOptionId(), o.GetGroupName(), o.GetName(), o.GetPriceDifference()})
		}
		d.Lines = append(d.Lines, line)
	}
}
