package courier

import (
	"fmt"
	"slices"
	"time"

	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

const (
	offersKept = 20
	// Midnight is at most a day ago, in any zone; half a day on top spares thinking about clocks that change.
	earningsKept = 36 * time.Hour
)

// Route names the courier that an event concerns, if any.
func Route(e view.Event) []string {
	var id string
	switch data := e.Data.(type) {
	case *courierv1.CourierEvent:
		id = e.AggregateID
	case *deliveryv1.DeliveryEvent:
		id = holder(data)
	}
	if id == "" {
		return nil
	}
	return []string{id}
}

// holder is the courier whom a delivery's event names: none where nobody had taken it on.
func holder(data *deliveryv1.DeliveryEvent) string {
	switch event := data.GetEvent().(type) {
	case *deliveryv1.DeliveryEvent_DeliveryRequested:
		return ""
	case *deliveryv1.DeliveryEvent_DeliveryAssigned:
		return event.DeliveryAssigned.GetCourierId()
	case *deliveryv1.DeliveryEvent_DeliveryReleased:
		return event.DeliveryReleased.GetCourierId()
	case *deliveryv1.DeliveryEvent_DeliveryPickedUp:
		return event.DeliveryPickedUp.GetCourierId()
	case *deliveryv1.DeliveryEvent_DeliveryDelivered:
		return event.DeliveryDelivered.GetCourierId()
	case *deliveryv1.DeliveryEvent_DeliveryFailed:
		return event.DeliveryFailed.GetCourierId()
	case *deliveryv1.DeliveryEvent_DeliveryCancelled:
		return event.DeliveryCancelled.GetCourierId()
	default:
		panic(fmt.Errorf("unknown delivery event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}

// Apply folds one event into its document.
func Apply(d *Document, e view.Event) view.Verdict {
	switch data := e.Data.(type) {
	case *courierv1.CourierEvent:
		d.CourierID = e.AggregateID
		d.courier(data, stamp(e.Time))
	case *deliveryv1.DeliveryEvent:
		if d.Delivery != nil && d.Delivery.DeliveryID == e.AggregateID {
			d.Delivery.delivery(data, stamp(e.Time))
		}
	}
	return view.Keep
}

func (d *Document) courier(data *courierv1.CourierEvent, at time.Time) {
	switch event := data.GetEvent().(type) {
	case *courierv1.CourierEvent_CourierRegistered:
		d.Name = seal.BoxOf(event.CourierRegistered.GetName())
		d.Vehicle = int32(event.CourierRegistered.GetVehicle())
	case *courierv1.CourierEvent_ShiftStarted:
		d.OnShift, d.ShiftAt = true, at
	case *courierv1.CourierEvent_ShiftEnded:
		d.OnShift, d.ShiftAt, d.Offer = false, time.Time{}, nil
	case *courierv1.CourierEvent_DeliveryOffered:
		d.offer(event.DeliveryOffered, at)
	case *courierv1.CourierEvent_OfferAccepted:
		d.accept(event.OfferAccepted.GetOfferId(), at)
	case *courierv1.CourierEvent_OfferDeclined:
		d.close(event.OfferDeclined.GetOfferId())
	case *courierv1.CourierEvent_OfferExpired:
		d.close(event.OfferExpired.GetOfferId())
	case *courierv1.CourierEvent_OfferWithdrawn:
		d.close(event.OfferWithdrawn.GetOfferId())
	case *courierv1.CourierEvent_DeliveryFinished:
		d.finish(event.DeliveryFinished, at)
	default:
		panic(fmt.Errorf("unknown courier event %T", event)) // a fault: the view keeps it until a version that knows it
	}
}

func (d *Document) offer(o *courierv1.DeliveryOffered, at time.Time) {
	d.Offer = &Offer{
		OfferID: o.GetOfferId(), OfferedAt: at, ExpiresAt: stamp(o.GetExpiresAt().AsTime()),
		Trip: Trip{
			DeliveryID: o.GetDeliveryId(), RestaurantID: o.GetRestaurantId(), RestaurantName: o.GetRestaurantName(),
			PickUp: place(o.GetPickUp()), DropOff: seal.BoxOf(o.GetDropOff()),
			Currency: o.GetPayout().GetCurrencyCode(), Payout: o.GetPayout().GetMinorUnits(), ReadyAt: stamp(o.GetReadyAt().AsTime()),
		},
	}
	d.Offered = append(d.Offered, Offered{o.GetOfferId(), o.GetDeliveryId()})
	d.Offered = d.Offered[max(0, len(d.Offered)-offersKept):]
}

func (d *Document) accept(offerID string, at time.Time) {
	if d.Offer == nil || d.Offer.OfferID != offerID {
		return
	}
	d.Delivery = &Delivery{Trip: d.Offer.Trip, State: int32(courierapi.DeliveryState_ACCEPTED), AcceptedAt: at, ChangedAt: at}
	d.Offer = nil
}

func (d *Document) close(offerID string) {
	if d.Offer != nil && d.Offer.OfferID == offerID {
		d.Offer = nil
	}
}

func (d *Document) finish(f *courierv1.DeliveryFinished, at time.Time) {
	if d.Delivery != nil && d.Delivery.DeliveryID == f.GetDeliveryId() {
		d.Delivery = nil
	}
	if f.GetOutcome() != courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED {
		return
	}
	d.Earned = slices.DeleteFunc(d.Earned, func(old Earned) bool { return at.Sub(old.Time) > earningsKept })
	d.Earned = append(d.Earned, Earned{at, f.GetEarned().GetCurrencyCode(), f.GetEarned().GetMinorUnits()})
}

func (d *Delivery) delivery(data *deliveryv1.DeliveryEvent, at time.Time) {
	state := courierapi.DeliveryState_DELIVERY_STATE_UNSPECIFIED
	switch event := data.GetEvent().(type) {
	case *deliveryv1.DeliveryEvent_DeliveryAssigned:
		state = courierapi.DeliveryState_ASSIGNED
	case *deliveryv1.DeliveryEvent_DeliveryReleased:
		state, d.Reason = courierapi.DeliveryState_RELEASED, event.DeliveryReleased.GetReason()
	case *deliveryv1.DeliveryEvent_DeliveryPickedUp:
		state = courierapi.DeliveryState_PICKED_UP
	case *deliveryv1.DeliveryEvent_DeliveryDelivered:
		state = courierapi.DeliveryState_DELIVERED
	case *deliveryv1.DeliveryEvent_DeliveryFailed:
		state, d.Reason = courierapi.DeliveryState_FAILED, event.DeliveryFailed.GetReason()
	case *deliveryv1.DeliveryEvent_DeliveryCancelled:
		state, d.Reason = courierapi.DeliveryState_CANCELLED, event.DeliveryCancelled.GetReason()
	}
	d.State, d.ChangedAt = int32(state), at
}

func place(l *typev1.Location) Place { return Place{l.GetLatitude(), l.GetLongitude()} }

// stamp is as exact as MongoDB stores it, so that a document equals what is read back.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }
