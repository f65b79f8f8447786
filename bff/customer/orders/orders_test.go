package orders_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"tiffin/bff/customer/orders"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
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

func fold(t *testing.T, events ...proto.Message) orders.Document {
	t.Helper()
	var d orders.Document
	for i, data := range events {
		e := view.Event{AggregateID: id, Time: start.Add(time.Duration(i) * time.Minute), Data: data}
		require.Equal(t, []string{id}, orders.Route(e))
		require.Equal(t, view.Keep, orders.Apply(&d, e))
	}
	return d
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
	d, keys := fold(t, placed(), authorized, opened, accepted, assigned, started, ready, pickedUp), seal.Memory()
	require.NoError(t, seal.CloseBoxes(t.Context(), keys, orders.Spec().Personal(&d)...))
	raw, err := bson.Marshal(view.Document[orders.Document]{ID: id, Data: d})
	require.NoError(t, err)
	var back view.Document[orders.Document]
	require.NoError(t, bson.Unmarshal(raw, &back))
	require.Empty(t, back.Data.Address.Text())
	require.NoError(t, seal.OpenBoxes(t.Context(), keys, orders.Spec().Personal(&back.Data)...))
	require.Empty(t, cmp.Diff(d.Message(), back.Data.Message(), protocmp.Transform()))
	require.Equal(t, d.Expected(), back.Data.Expected())
}

func TestAnUnknownEventIsAFault(t *testing.T) {
	for _, unknown := range []proto.Message{
		&orderingv1.OrderEvent{}, &paymentv1.PaymentEvent{}, &kitchenv1.TicketEvent{}, &deliveryv1.DeliveryEvent{},
	} {
		require.Panics(t, func() { fold(t, unknown) })
	}
}

// The log is in one order, the clocks of those who write it are not.
func TestAnOrderNeverLooksOlderThanBefore(t *testing.T) {
	d := fold(t, placed(), &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{}}})
	before := d.ChangedAt
	accepted := &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{TicketAccepted: &kitchenv1.TicketAccepted{}}}
	orders.Apply(&d, view.Event{AggregateID: id, Time: start, Data: accepted})
	require.Equal(t, before, d.ChangedAt)
	require.Len(t, d.Timeline, 3)
}
