package server_test

import (
	"bufio"
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/location"
	"tiffin/platform/position"
	"tiffin/platform/view"
)

const ben, cleo = "01ARZ3NDEKTSV4RRFFQ69G5FB1", "01ARZ3NDEKTSV4RRFFQ69G5FB2"

// happens tells the orders view, or that of couriers, of something.
func (h house) happens(t *testing.T, at uint64, id string, data proto.Message) {
	t.Helper()
	e := view.Event{Position: at, Domain: eventlog.DomainOf(data), AggregateID: id, Time: noon, Data: data}
	if _, ok := data.(*courierv1.CourierEvent); ok {
		h.couriers.Apply(t, e)
		return
	}
	h.orders.Apply(t, e)
}

func joined(name string) *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_CourierRegistered{CourierRegistered: &courierv1.CourierRegistered{
		Name: &typev1.Personal{PersonId: ben, Data: &typev1.PersonalData{Text: name}}, Vehicle: courierv1.Vehicle_VEHICLE_SCOOTER,
	}}}
}

func acceptedFor(at time.Time) *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{
		TicketAccepted: &kitchenv1.TicketAccepted{ReadyAt: timestamppb.New(at)},
	}}
}

func started() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{}}}
}

func assigned(courier string) *deliveryv1.DeliveryEvent {
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryAssigned{
		DeliveryAssigned: &deliveryv1.DeliveryAssigned{CourierId: courier},
	}}
}

func delivered() *deliveryv1.DeliveryEvent {
	return &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryDelivered{DeliveryDelivered: &deliveryv1.DeliveryDelivered{}}}
}

func completed() *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCompleted{}}
}

func at(courier string, latitude float64) location.Position {
	return location.Position{CourierID: courier, At: &typev1.Location{Latitude: latitude, Longitude: 13.4}, Time: noon}
}

// tracked is what these tests read of an order.
type tracked struct {
	Stage   string `json:"stage"`
	Courier *struct {
		Name     string `json:"name"`
		Vehicle  string `json:"vehicle"`
		Location *struct {
			Latitude float64 `json:"latitude"`
		} `json:"location"`
	} `json:"courier"`
	Arrival *struct {
		Earliest, Latest time.Time
		Late             bool
	} `json:"arrival"`
}

// documents reads a stream up to the first order that is as it should be: one change may be told twice.
func documents(t *testing.T, answer *http.Response) func(as func(tracked) bool) tracked {
	t.Helper()
	require.Equal(t, 200, answer.StatusCode)
	lines := bufio.NewScanner(answer.Body)
	return func(as func(tracked) bool) (o tracked) {
		t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && data != "{}" {
				o = tracked{}
				require.NoError(t, json.Unmarshal([]byte(data), &o))
				if as(o) {
					return o
				}
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return o
	}
}

func TestACourierIsFollowedWhileBringingTheOrder(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	h.happens(t, 2, ben, joined("Ben Okafor"))
	h.moves <- at(ben, 52.51)
	h.moves <- at(cleo, 52.9) // the move before is known once this one is taken
	next := documents(t, h.ask(t, http.MethodGet, "orders/"+orderID(1)+":watch", ann, ""))
	is := func(stage string) func(tracked) bool { return func(o tracked) bool { return o.Stage == stage } }
	at52 := func(latitude float64) func(tracked) bool {
		return func(o tracked) bool {
			return o.Courier != nil && o.Courier.Location != nil && math.Abs(o.Courier.Location.Latitude-latitude) < 1e-9
		}
	}
	require.Nil(t, next(is("PLACED")).Courier)

	h.happens(t, 3, orderID(1), acceptedFor(noon.Add(20*time.Minute)))
	require.NotNil(t, next(is("ACCEPTED")).Arrival)
	h.happens(t, 4, orderID(1), assigned(ben))
	o := next(at52(52.51)) // where the courier was last is known at once
	require.Equal(t, "Ben", o.Courier.Name)
	require.Equal(t, "SCOOTER", o.Courier.Vehicle)

	h.moves <- at(ben, 52.52)
	next(at52(52.52))
	for _, latitude := range []float64{52.53, 52.54} { // said as one, after the pause
		h.moves <- at(ben, latitude)
	}
	h.moves <- at(cleo, 52.9)
	h.calm <- time.Time{}
	next(at52(52.54))
	h.calm <- time.Time{}

	h.happens(t, 5, orderID(1), delivered())
	o = next(is("DELIVERED"))
	require.Nil(t, o.Courier, "where the courier goes then is nobody's business")
	require.Nil(t, o.Arrival)
	h.moves <- at(ben, 52.55)
	h.moves <- at(cleo, 52.9)
	h.happens(t, 6, orderID(1), completed())
	require.Nil(t, next(is("COMPLETED")).Courier)

	require.Equal(t, 403, h.ask(t, http.MethodGet, "orders/"+orderID(1), bob, "").StatusCode)
}

func TestTheArrivalIsToldWithTheOrder(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	path := "orders/" + orderID(1)
	require.Nil(t, read[tracked](t, h.ask(t, http.MethodGet, path, ann, "")).Arrival, "nobody can say yet")
	h.happens(t, 2, orderID(1), acceptedFor(noon.Add(20*time.Minute)))
	o := read[tracked](t, h.ask(t, http.MethodGet, path, ann, ""))
	require.True(t, o.Arrival.Earliest.After(noon) && o.Arrival.Latest.After(o.Arrival.Earliest))
	require.False(t, o.Arrival.Late)

	next := documents(t, h.ask(t, http.MethodGet, path+":watch", ann, ""))
	require.Equal(t, o.Arrival, next(func(o tracked) bool { return o.Arrival != nil }).Arrival)
	later := noon.Add(time.Hour)
	h.clock.Store(&later)
	h.beats <- time.Time{}
	o = next(func(o tracked) bool { return o.Arrival.Late }) // time alone makes it late
	require.False(t, o.Arrival.Latest.Before(later))
}

func TestCancellingCostsWhatTheCustomerWasTold(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	path := "orders/" + orderID(1)
	body := func(minorUnits string) string {
		return `{"expected_charge":{"currency_code":"EUR","minor_units":"` + minorUnits + `"}}`
	}
	require.Equal(t, map[string]any{"currency_code": "EUR", "minor_units": "0"}, read[map[string]any](t, h.ask(t, http.MethodGet, path, ann, ""))["cancellation_charge"])
	h.happens(t, 2, orderID(1), started())
	answer := h.ask(t, http.MethodPost, path+":cancel", ann, body("0"))
	require.Equal(t, 409, answer.StatusCode)
	refused := read[map[string]any](t, answer)
	require.Equal(t, "CHARGE_CHANGED", refused["code"])
	require.Empty(t, h.ordering.cancelled)
	cost, ok := read[map[string]any](t, h.ask(t, http.MethodGet, path, ann, ""))["cancellation_charge"].(map[string]any)
	require.True(t, ok)
	minorUnits, ok := cost["minor_units"].(string)
	require.True(t, ok)
	require.Equal(t, 200, h.ask(t, http.MethodPost, path+":cancel", ann, body(minorUnits)).StatusCode)
	require.Equal(t, 200, h.ask(t, http.MethodPost, path+":cancel", ann, `{}`).StatusCode, "who was told nothing takes what it costs")
	require.Equal(t, 200, h.ask(t, http.MethodPost, "orders/"+orderID(9)+":cancel", ann, body("0")).StatusCode, "this BFF may not have heard of it")
	require.Equal(t, 403, h.ask(t, http.MethodPost, path+":cancel", bob, body("0")).StatusCode)
	require.Len(t, h.ordering.cancelled, 3)
}

func TestAnAnswerSaysWhatItHasSeenOfCouriersToo(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	h.happens(t, 2, ben, joined("Ben"))
	answer := h.ask(t, http.MethodGet, "orders/"+orderID(1), ann, "")
	require.Equal(t, position.Token{"ordering": 1, "courier": 2}.Encode(), answer.Header.Get("Tiffin-Position"))
}
