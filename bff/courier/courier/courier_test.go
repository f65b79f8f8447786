package courier_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"tiffin/bff/courier/courier"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

const (
	rider    = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
	delivery = "01ARZ3NDEKTSV4RRFFQ69G5FAD"
)

var start = time.Date(2026, 11, 23, 12, 0, 0, 123_456_789, time.UTC)

func eur(n int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: n} }

// happens is an event of the courier's.
func happens(event any) *courierv1.CourierEvent {
	switch e := event.(type) {
	case *courierv1.CourierRegistered:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_CourierRegistered{CourierRegistered: e}}
	case *courierv1.ShiftStarted:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftStarted{ShiftStarted: e}}
	case *courierv1.ShiftEnded:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: e}}
	case *courierv1.DeliveryOffered:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryOffered{DeliveryOffered: e}}
	case *courierv1.OfferAccepted:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{OfferAccepted: e}}
	case *courierv1.OfferDeclined:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferDeclined{OfferDeclined: e}}
	case *courierv1.OfferExpired:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferExpired{OfferExpired: e}}
	case *courierv1.OfferWithdrawn:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferWithdrawn{OfferWithdrawn: e}}
	case *courierv1.DeliveryFinished:
		return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_DeliveryFinished{DeliveryFinished: e}}
	}
	panic(fmt.Sprintf("%T", event))
}

func offered(offerID string) *courierv1.CourierEvent {
	return happens(&courierv1.DeliveryOffered{
		OfferId: offerID, DeliveryId: delivery, RestaurantName: "Café", PickUp: &typev1.Location{Latitude: 52.52, Longitude: 13.4},
		DropOff: &typev1.Personal{PersonId: "ann", Data: &typev1.PersonalData{Text: "Street 1", Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}}},
		Payout:  eur(450), ReadyAt: timestamppb.New(start.Add(time.Hour)), ExpiresAt: timestamppb.New(start.Add(time.Hour)),
	})
}

func accepted() *courierv1.CourierEvent {
	return happens(&courierv1.OfferAccepted{OfferId: "o1", DeliveryId: delivery})
}

func finished(outcome courierv1.DeliveryOutcome, earned *typev1.Money) *courierv1.CourierEvent {
	return happens(&courierv1.DeliveryFinished{DeliveryId: delivery, Outcome: outcome, Earned: earned})
}

func fold(t *testing.T, events ...proto.Message) courier.Document {
	t.Helper()
	var d courier.Document
	for i, data := range events {
		e := view.Event{AggregateID: rider, Time: start.Add(time.Duration(i) * time.Minute), Data: data}
		if _, ok := data.(*deliveryv1.DeliveryEvent); ok {
			e.AggregateID = delivery
		}
		require.Equal(t, []string{rider}, courier.Route(e))
		require.Equal(t, view.Keep, courier.Apply(&d, e))
	}
	return d
}

var (
	registered = happens(&courierv1.CourierRegistered{
		Name: &typev1.Personal{PersonId: "ann", Data: &typev1.PersonalData{Text: "Mina"}}, Vehicle: courierv1.Vehicle_VEHICLE_BICYCLE,
	})
	on       = happens(&courierv1.ShiftStarted{})
	off      = happens(&courierv1.ShiftEnded{})
	assigned = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{
		DeliveryAssigned: &deliveryv1.DeliveryAssigned{CourierId: rider},
	}}
	pickedUp = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryPickedUp{
		DeliveryPickedUp: &deliveryv1.DeliveryPickedUp{CourierId: rider},
	}}
	brought = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{
		DeliveryDelivered: &deliveryv1.DeliveryDelivered{CourierId: rider},
	}}
	failed = &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryFailed{
		DeliveryFailed: &deliveryv1.DeliveryFailed{CourierId: rider, Reason: "nobody there"},
	}}
)

func TestACouriersShift(t *testing.T) {
	const done = courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED
	for name, c := range map[string]struct {
		events  []proto.Message
		onShift bool
		offer   bool
		state   courierapi.DeliveryState // unspecified: holds none
		today   int32
	}{
		"registered":          {[]proto.Message{registered}, false, false, 0, 0},
		"on shift":            {[]proto.Message{registered, on}, true, false, 0, 0},
		"offered":             {[]proto.Message{registered, on, offered("o1")}, true, true, 0, 0},
		"went home instead":   {[]proto.Message{registered, on, offered("o1"), off}, false, false, 0, 0},
		"declined":            {[]proto.Message{on, offered("o1"), happens(&courierv1.OfferDeclined{OfferId: "o1"})}, true, false, 0, 0},
		"let it expire":       {[]proto.Message{on, offered("o1"), happens(&courierv1.OfferExpired{OfferId: "o1"})}, true, false, 0, 0},
		"withdrawn":           {[]proto.Message{on, offered("o1"), happens(&courierv1.OfferWithdrawn{OfferId: "o1"})}, true, false, 0, 0},
		"another one expired": {[]proto.Message{on, offered("o2"), happens(&courierv1.OfferExpired{OfferId: "o1"})}, true, true, 0, 0},
		"accepted":            {[]proto.Message{on, offered("o1"), accepted()}, true, false, courierapi.DeliveryState_ACCEPTED, 0},
		"assigned":            {[]proto.Message{on, offered("o1"), accepted(), assigned}, true, false, courierapi.DeliveryState_ASSIGNED, 0},
		"picked up":           {[]proto.Message{on, offered("o1"), accepted(), assigned, pickedUp}, true, false, courierapi.DeliveryState_PICKED_UP, 0},
		"could not deliver":   {[]proto.Message{on, offered("o1"), accepted(), assigned, pickedUp, failed}, true, false, courierapi.DeliveryState_FAILED, 0},
		"delivered": {
			[]proto.Message{on, offered("o1"), accepted(), assigned, pickedUp, brought, finished(done, eur(450))}, true, false, 0, 1,
		},
		"told late of the end": {[]proto.Message{on, offered("o1"), accepted(), finished(done, eur(450)), brought}, true, false, 0, 1},
		"gave it back": {
			[]proto.Message{on, offered("o1"), accepted(), finished(courierv1.DeliveryOutcome_DELIVERY_OUTCOME_RELEASED, nil)},
			true, false, 0, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := fold(t, c.events...).Message(start.Add(30 * time.Minute))
			require.Equal(t, c.onShift, m.GetOnShift())
			require.Equal(t, c.onShift, m.GetShiftStartedAt() != nil)
			require.Equal(t, c.offer, m.GetOffer() != nil)
			require.Equal(t, c.state, m.GetDelivery().GetState())
			require.Equal(t, c.today, m.GetDeliveredToday())
			require.EqualValues(t, c.today*450, m.GetEarnedToday().GetMinorUnits())
		})
	}
}

func TestAnAddressIsKnownOnlyWhileItIsNeeded(t *testing.T) {
	held := fold(t, on, offered("o1"), accepted(), assigned)
	require.Equal(t, "Street 1", held.Message(start).GetDelivery().GetDropOffLine())
	require.EqualValues(t, 1112, held.Message(start).GetDelivery().GetDistanceMeters())
	over := fold(t, on, offered("o1"), accepted(), assigned, finished(courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED, eur(450)))
	raw, err := bson.MarshalExtJSON(over, false, false)
	require.NoError(t, err)
	require.NotContains(t, string(raw), "Street")
}

func TestAnOfferThatHasExpiredIsNotShown(t *testing.T) {
	d := fold(t, on, offered("o1"))
	require.Equal(t, 10*time.Minute, d.OpenOffer(start.Truncate(time.Millisecond).Add(50*time.Minute)).GetExpiresIn().AsDuration())
	require.Nil(t, d.OpenOffer(start.Add(time.Hour)))
}

func TestARepeatedCommandFindsItsOffer(t *testing.T) {
	id, found := fold(t, on, offered("o1"), accepted(), assigned).OfferOf(delivery)
	require.True(t, found)
	require.Equal(t, "o1", id)
	_, found = fold(t, on).OfferOf(delivery)
	require.False(t, found)
	many := []proto.Message{on}
	for i := range 100 {
		many = append(many, offered(strconv.Itoa(i)))
	}
	d := fold(t, many...)
	require.Len(t, d.Offered, 20)
	id, _ = d.OfferOf(delivery)
	require.Equal(t, "99", id)
}

func TestTodayBeginsAtTheCouriersMidnight(t *testing.T) {
	d := fold(t, on, finished(courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED, eur(300)))
	require.EqualValues(t, 1, d.Message(start.Add(11*time.Hour)).GetDeliveredToday())
	require.Nil(t, d.Message(start.Add(12*time.Hour)).GetEarnedToday())
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	require.Zero(t, d.Message(start.Add(11*time.Hour).In(berlin)).GetDeliveredToday())
	old := view.Event{AggregateID: rider, Time: start.Add(48 * time.Hour), Data: finished(courierv1.DeliveryOutcome_DELIVERY_OUTCOME_DELIVERED, eur(1))}
	courier.Apply(&d, old)
	require.Len(t, d.Earned, 1, "days that are over are dropped")
}

func TestADocumentSurvivesItsStorage(t *testing.T) {
	for _, d := range []courier.Document{fold(t, registered, on, offered("o1")), fold(t, on, offered("o1"), accepted(), assigned)} {
		keys := seal.Memory()
		require.NoError(t, seal.CloseBoxes(t.Context(), keys, courier.Spec().Personal(&d)...))
		raw, err := bson.Marshal(view.Document[courier.Document]{ID: rider, Data: d})
		require.NoError(t, err)
		var back view.Document[courier.Document]
		require.NoError(t, bson.Unmarshal(raw, &back))
		require.NoError(t, seal.OpenBoxes(t.Context(), keys, courier.Spec().Personal(&back.Data)...))
		require.True(t, proto.Equal(d.Message(start), back.Data.Message(start)))
	}
}

func TestAnUnknownEventIsAFault(t *testing.T) {
	require.Panics(t, func() { fold(t, &courierv1.CourierEvent{}) })
	require.Panics(t, func() { fold(t, &deliveryv1.DeliveryEvent{}) })
}
