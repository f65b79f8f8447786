package orders_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"google.golang.org/protobuf/proto"

	"tiffin/bff/customer/orders"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

var start = time.Date(2026, 11, 23, 12, 0, 0, 123_456_789, time.UTC)

func eur(n int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: n} }

func personal(text string) *typev1.Personal {
	return &typev1.Personal{PersonId: "ann", Data: &typev1.PersonalData{Text: text, Location: &typev1.Location{Latitude: 52.5, Longitude: 13.4}}}
}

func placed() *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: "ann", RestaurantId: "r", RestaurantName: "Café", RestaurantImage: "curry-rice",
		Lines: []*orderingv1.OrderLine{{
			ItemId: "i", Name: "Dal", Quantity: 2, UnitPrice: eur(500), LineTotal: eur(1000), Note: personal("hot"),
			Options: []*orderingv1.ChosenOption{{OptionId: "o", GroupName: "Size", Name: "Large", PriceDifference: 100}},
		}},
		Subtotal: eur(1000), DeliveryFee: eur(250), Tip: eur(50), Total: eur(1300), DeliveryAddress: personal("Street 1"),
		PreparationMinutes: 20,
	}}}
}

func fold(t *testing.T, events ...*orderingv1.OrderEvent) orders.Document {
	t.Helper()
	var d orders.Document
	for i, data := range events {
		e := view.Event{AggregateID: id, Time: start.Add(time.Duration(i) * time.Minute), Data: data}
		require.Equal(t, []string{id}, orders.Route(e))
		require.Equal(t, view.Keep, orders.Apply(&d, e))
	}
	return d
}

func TestAnOrdersStory(t *testing.T) {
	rejected := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{
		OrderRejected: &orderingv1.OrderRejected{ReasonCode: "ITEM_SOLD_OUT", Reason: "no more dal"},
	}}
	confirmed := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{}}
	cancelled := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{
		OrderCancelled: &orderingv1.OrderCancelled{Reason: "changed my mind"},
	}}
	completed := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCompleted{}}
	for name, c := range map[string]struct {
		events      []*orderingv1.OrderEvent
		status      customerv1.OrderStatus
		cancellable bool
		code, why   string
	}{
		"placed":    {[]*orderingv1.OrderEvent{placed()}, customerv1.OrderStatus_PLACED, true, "", ""},
		"confirmed": {[]*orderingv1.OrderEvent{placed(), confirmed}, customerv1.OrderStatus_CONFIRMED, true, "", ""},
		"rejected":  {[]*orderingv1.OrderEvent{placed(), rejected}, customerv1.OrderStatus_REJECTED, false, "ITEM_SOLD_OUT", "no more dal"},
		"cancelled": {[]*orderingv1.OrderEvent{placed(), confirmed, cancelled}, customerv1.OrderStatus_CANCELLED, false, "", "changed my mind"},
		"completed": {[]*orderingv1.OrderEvent{placed(), confirmed, completed}, customerv1.OrderStatus_COMPLETED, false, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := fold(t, c.events...).Message()
			require.Equal(t, c.status, m.Status)
			require.Equal(t, c.cancellable, m.Cancellable)
			require.Equal(t, c.code, m.ReasonCode)
			require.Equal(t, c.why, m.Reason)
			require.Len(t, m.Timeline, len(c.events))
			require.Equal(t, c.status, m.Timeline[len(m.Timeline)-1].Status)
		})
	}
}

func TestAnOrderIsShownAsItWasPlaced(t *testing.T) {
	d := fold(t, placed())
	m := d.Message()
	require.EqualValues(t, 1300, m.Total.MinorUnits)
	require.Equal(t, "Street 1", m.DeliveryAddress.Line)
	require.Equal(t, "hot", m.Items[0].Note)
	require.Equal(t, "Large", m.Items[0].Options[0].Name)
	s := d.Summary()
	require.EqualValues(t, 2, s.ItemCount)
	require.Equal(t, []string{"Dal"}, s.ItemNames)
}

func TestADocumentSurvivesItsStorage(t *testing.T) {
	d, keys := fold(t, placed()), seal.Memory()
	require.NoError(t, seal.CloseBoxes(t.Context(), keys, orders.Spec().Personal(&d)...))
	raw, err := bson.Marshal(view.Document[orders.Document]{ID: id, Data: d})
	require.NoError(t, err)
	var back view.Document[orders.Document]
	require.NoError(t, bson.Unmarshal(raw, &back))
	require.Empty(t, back.Data.Address.Text())
	require.NoError(t, seal.OpenBoxes(t.Context(), keys, orders.Spec().Personal(&back.Data)...))
	require.True(t, proto.Equal(d.Message(), back.Data.Message()))
	d.Address.Data, back.Data.Address.Data = nil, nil // protobuf messages keep what is no part of them
	d.Lines[0].Note.Data, back.Data.Lines[0].Note.Data = nil, nil
	back.Data.PlacedAt, back.Data.ChangedAt = back.Data.PlacedAt.UTC(), back.Data.ChangedAt.UTC()
	back.Data.Timeline[0].Time = back.Data.Timeline[0].Time.UTC()
	require.Equal(t, d, back.Data)
}

func TestAnUnknownEventIsAFault(t *testing.T) {
	require.Panics(t, func() { fold(t, &orderingv1.OrderEvent{}) })
}
