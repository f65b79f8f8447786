package deliveries

import (
	"fmt"
	"math"
	"time"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/geo"
	"tiffin/platform/view"
)

// Route names the courier's part in the delivery that an event concerns, if any.
func Route(e view.Event) []string {
	var courierID, deliveryID string
	switch data := e.Data.(type) {
	case *courierv1.CourierEvent:
		courierID, deliveryID = e.AggregateID, taken(data)
	case *deliveryv1.DeliveryEvent:
		courierID, deliveryID = ended(data).GetCourierId(), e.AggregateID
	}
	if courierID == "" || deliveryID == "" {
		return nil
	}
	return []string{deliveryID + "-" + courierID}
}

// taken is the delivery that a courier's event names, or none.
func taken(data *courierv1.CourierEvent) string {
	switch event := data.GetEvent().(type) {
	case *courierv1.CourierEvent_DeliveryOffered:
		return event.DeliveryOffered.GetDeliveryId()
	case *courierv1.CourierEvent_OfferAccepted:
		return event.OfferAccepted.GetDeliveryId()
	case *courierv1.CourierEvent_OfferDeclined:
		return event.OfferDeclined.GetDeliveryId()
	case *courierv1.CourierEvent_OfferExpired:
		return event.OfferExpired.GetDeliveryId()
	case *courierv1.CourierEvent_OfferWithdrawn:
		return event.OfferWithdrawn.GetDeliveryId()
	case *courierv1.CourierEvent_DeliveryFinished:
		return event.DeliveryFinished.GetDeliveryId()
	case *courierv1.CourierEvent_ShiftEnded: // declines what is open
		return event.ShiftEnded.GetDeliveryId()
	case *courierv1.CourierEvent_CourierRegistered, *courierv1.CourierEvent_ShiftStarted:
		return ""
	default:
		panic(fmt.Errorf("unknown courier event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}

// end is an event of a delivery that says why its courier does not bring it.
type end interface {
	GetCourierId() string
	GetReason() string
}

func ended(data *deliveryv1.DeliveryEvent) end {
	switch event := data.GetEvent().(type) {
	case *deliveryv1.DeliveryEvent_DeliveryReleased:
		return event.DeliveryReleased
	case *deliveryv1.DeliveryEvent_DeliveryFailed:
		return event.DeliveryFailed
	case *deliveryv1.DeliveryEvent_DeliveryCancelled:
		return event.DeliveryCancelled
	case *deliveryv1.DeliveryEvent_DeliveryRequested, *deliveryv1.DeliveryEvent_DeliveryAssigned,
		*deliveryv1.DeliveryEvent_DeliveryPickedUp, *deliveryv1.DeliveryEvent_DeliveryDelivered:
		return (*deliveryv1.DeliveryReleased)(nil)
	default:
		panic(fmt.Errorf("unknown delivery event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}

// Apply folds one event into its document. An offer that was never taken leaves none.
func Apply(d *Document, e view.Event) view.Verdict {
	at := e.Time.UTC().Truncate(time.Millisecond) // as MongoDB stores it, so that a document equals what is read back
	switch data := e.Data.(type) {
	case *courierv1.CourierEvent:
		d.CourierID = e.AggregateID
		switch event := data.GetEvent().(type) {
		case *courierv1.CourierEvent_DeliveryOffered:
			d.offer(event.DeliveryOffered)
		case *courierv1.CourierEvent_OfferAccepted:
			// Whoever takes on again what they gave back has taken it on once.
			*d = Document{
				CourierID: d.CourierID, DeliveryID: d.DeliveryID, RestaurantID: d.RestaurantID, RestaurantName: d.RestaurantName,
				DistanceMeters: d.DistanceMeters, Accepted: true, AcceptedAt: at, State: int32(courierapi.DeliveryState_ACCEPTED),
			}
		case *courierv1.CourierEvent_DeliveryFinished:
			d.finish(event.DeliveryFinished, at)
		default:
			if !d.Accepted {
				return view.Delete
			}
		}
	case *deliveryv1.DeliveryEvent:
		d.Reason = ended(data).GetReason()
	}
	return view.Keep
}

func (d *Document) offer(o *courierv1.DeliveryOffered) {
	d.DeliveryID, d.RestaurantID, d.RestaurantName = o.GetDeliveryId(), o.GetRestaurantId(), o.GetRestaurantName()
	if door := o.GetDropOff().GetData().GetLocation(); door != nil { // not forgotten
		d.DistanceMeters = int32(math.Round(geo.Distance(o.GetPickUp(), door)))
	}
}

func (d *Document) finish(f *courierv1.DeliveryFinished, at time.Time) {
	d.Finished, d.FinishedAt = true, at
	d.Currency, d.Earned = f.GetEarned().GetCurrencyCode(), f.GetEarned().GetMinorUnits()
	switch f.GetOutcome() {
	case courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED:
		d.State = int32(courierapi.DeliveryState_DELIVERED)
	case courierv1.DeliveryOutcome_DELIVERY_OUTCOME_RELEASED:
		d.State = int32(courierapi.DeliveryState_RELEASED)
	case courierv1.DeliveryOutcome_DELIVERY_OUTCOME_FAILED:
		d.State = int32(courierapi.DeliveryState_FAILED)
	case courierv1.DeliveryOutcome_DELIVERY_OUTCOME_CANCELLED:
		d.State = int32(courierapi.DeliveryState_CANCELLED)
	case courierv1.DeliveryOutcome_DELIVERY_OUTCOME_UNSPECIFIED:
	}
}
