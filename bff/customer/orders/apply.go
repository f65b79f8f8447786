package orders

import (
	"fmt"
	"time"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

// Route names the order that an event concerns, if any.
func Route(e view.Event) []string {
	if _, ok := e.Data.(*orderingv1.OrderEvent); ok {
		return []string{e.AggregateID}
	}
	return nil
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	data, ok := e.Data.(*orderingv1.OrderEvent)
	if !ok {
		return view.Keep
	}
	switch event := data.GetEvent().(type) {
	case *orderingv1.OrderEvent_OrderPlaced:
		d.OrderID = e.AggregateID
		d.place(event.OrderPlaced)
		d.PlacedAt = stamp(e)
		d.step(customerv1.OrderStatus_PLACED, e, "")
	case *orderingv1.OrderEvent_OrderConfirmed:
		d.step(customerv1.OrderStatus_CONFIRMED, e, "")
	case *orderingv1.OrderEvent_OrderRejected:
		d.ReasonCode, d.Reason = event.OrderRejected.GetReasonCode(), event.OrderRejected.GetReason()
		d.step(customerv1.OrderStatus_REJECTED, e, d.Reason)
	case *orderingv1.OrderEvent_OrderCancelled:
		d.Reason = event.OrderCancelled.GetReason()
		d.step(customerv1.OrderStatus_CANCELLED, e, d.Reason)
	case *orderingv1.OrderEvent_OrderCompleted:
		d.step(customerv1.OrderStatus_COMPLETED, e, "")
	default:
		panic(fmt.Errorf("unknown order event %T", event)) // a fault: the view keeps it until a version that knows it
	}
	return view.Keep
}

func (d *Document) place(p *orderingv1.OrderPlaced) {
	d.CustomerID, d.RestaurantID = p.GetCustomerId(), p.GetRestaurantId()
	d.RestaurantName, d.RestaurantImage = p.GetRestaurantName(), p.GetRestaurantImage()
	d.Restaurant = Place{p.GetRestaurantLocation().GetLatitude(), p.GetRestaurantLocation().GetLongitude()}
	d.Currency, d.PreparationMinutes = p.GetTotal().GetCurrencyCode(), p.GetPreparationMinutes()
	d.Subtotal, d.DeliveryFee = p.GetSubtotal().GetMinorUnits(), p.GetDeliveryFee().GetMinorUnits()
	d.Tip, d.Total = p.GetTip().GetMinorUnits(), p.GetTotal().GetMinorUnits()
	d.Address = seal.BoxOf(p.GetDeliveryAddress())
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

func (d *Document) step(status customerv1.OrderStatus, e view.Event, note string) {
	d.Status, d.ChangedAt = int32(status), stamp(e)
	d.Timeline = append(d.Timeline, Entry{Status: int32(status), Time: stamp(e), Note: note})
}

// stamp is as exact as MongoDB stores it, so that a document equals what is read back.
func stamp(e view.Event) time.Time { return e.Time.UTC().Truncate(time.Millisecond) }
