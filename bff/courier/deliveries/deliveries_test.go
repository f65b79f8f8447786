package deliveries_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"google.golang.org/protobuf/proto"

	"tiffin/bff/courier/deliveries"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
)

const (
	rider    = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
	delivery = "01ARZ3NDEKTSV4RRFFQ69G5FAD"
)

var start = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

var (
	offered = &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryOffered{DeliveryOffered: &courierv1.DeliveryOffered{
		DeliveryId: delivery, RestaurantName: "Café", PickUp: &typev1.Location{Latitude: 52.52, Longitude: 13.4},
		DropOff: &typev1.Personal{Data: &typev1.PersonalData{Text: "Street 1", Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}}},
	}}}
	declined = &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferDeclined{
		OfferDeclined: &courierv1.OfferDeclined{DeliveryId: delivery},
	}}
	leaving = &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftEnded{
		ShiftEnded: &courierv1.ShiftEnded{DeliveryId: delivery},
	}}
	accepted = &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{
		OfferAccepted: &courierv1.OfferAccepted{DeliveryId: delivery},
	}}
	released = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryReleased{
		DeliveryReleased: &deliveryv1.DeliveryReleased{CourierId: rider, Reason: "flat tyre"},
	}}
)

func finished(outcome courierv1.DeliveryOutcome, earned int64) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryFinished{DeliveryFinished: &courierv1.DeliveryFinished{
		DeliveryId: delivery, Outcome: outcome, Earned: &typev1.Money{CurrencyCode: "EUR", MinorUnits: earned},
	}}}
}

func fold(t *testing.T, events ...proto.Message) (d deliveries.Document, last view.Verdict) {
	t.Helper()
	for i, data := range events {
		e := view.Event{AggregateID: rider, Time: start.Add(time.Duration(i) * time.Minute), Data: data}
		if _, ok := data.(*deliveryv1.DeliveryEvent); ok {
			e.AggregateID = delivery
		}
		require.Equal(t, []string{delivery + "-" + rider}, deliveries.Route(e))
		if last = deliveries.Apply(&d, e); last == view.Delete {
			d = deliveries.Document{}
		}
	}
	return d, last
}

func TestWhatACourierTookOn(t *testing.T) {
	const (
		done = courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED
		back = courierv1.DeliveryOutcome_DELIVERY_OUTCOME_RELEASED
	)
	for name, c := range map[string]struct {
		events   []proto.Message
		verdict  view.Verdict
		accepted bool
		state    courierapi.DeliveryState
		reason   string
		earned   int64
	}{
		"an offer":    {[]proto.Message{offered}, view.Keep, false, 0, "", 0},
		"never taken": {[]proto.Message{offered, declined}, view.Delete, false, 0, "", 0},
		"went home":   {[]proto.Message{offered, leaving}, view.Delete, false, 0, "", 0},
		"taken":       {[]proto.Message{offered, accepted}, view.Keep, true, courierapi.DeliveryState_ACCEPTED, "", 0},
		"brought":     {[]proto.Message{offered, accepted, finished(done, 450)}, view.Keep, true, courierapi.DeliveryState_DELIVERED, "", 450},
		"given back":  {[]proto.Message{offered, accepted, released, finished(back, 0)}, view.Keep, true, courierapi.DeliveryState_RELEASED, "flat tyre", 0},
		"not taken a second time": {
			[]proto.Message{offered, accepted, released, finished(back, 0), offered, declined},
			view.Keep, true, courierapi.DeliveryState_RELEASED, "flat tyre", 0,
		},
		"brought at the second try": {
			[]proto.Message{offered, accepted, released, finished(back, 0), offered, accepted, finished(done, 450)},
			view.Keep, true, courierapi.DeliveryState_DELIVERED, "", 450,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, verdict := fold(t, c.events...)
			require.Equal(t, c.verdict, verdict)
			require.Equal(t, c.accepted, d.Accepted)
			m := d.Summary()
			require.Equal(t, c.state, m.GetState())
			require.Equal(t, c.reason, m.GetReason())
			require.Equal(t, c.earned, m.GetEarned().GetMinorUnits())
		})
	}
}

func TestNobodysAddressIsKept(t *testing.T) {
	d, _ := fold(t, offered, accepted)
	raw, err := bson.MarshalExtJSON(d, false, false)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "Street")
	require.Contains(t, string(raw), "Café")
}

func TestADeliveryThatNobodyTookIsNobodys(t *testing.T) {
	nobody := &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{
		DeliveryFailed: &deliveryv1.DeliveryFailed{ReasonCode: "NO_COURIER"},
	}}
	require.Empty(t, deliveries.Route(view.Event{AggregateID: delivery, Data: nobody}))
}

func TestAShiftThatEndsWithoutAnOfferIsNoDelivery(t *testing.T) {
	ended := &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: &courierv1.ShiftEnded{}}}
	require.Empty(t, deliveries.Route(view.Event{AggregateID: rider, Data: ended}))
}

func TestAnUnknownEventIsAFault(t *testing.T) {
	require.Panics(t, func() { fold(t, &courierv1.CourierEvent{}) })
	require.Panics(t, func() { fold(t, &deliveryv1.DeliveryEvent{}) })
}
