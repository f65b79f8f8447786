package sales_test

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	"tiffin/bff/restaurant/sales"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/view"
	"tiffin/platform/view/viewtest"
)

// night is a quarter past midnight on Tuesday in Berlin, and still Monday in UTC.
var night = time.Date(2026, 11, 23, 23, 15, 0, 0, time.UTC)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return zone
}

func idAt(at time.Time, n byte) string {
	var id ulid.ULID
	_ = id.SetTime(ulid.Timestamp(at))
	id[15] = n
	return id.String()
}

func placed(cents int64, item string, quantity int32) *orderingv1.OrderEvent {
	eur := &typev1.Money{CurrencyCode: "EUR", MinorUnits: cents}
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		RestaurantId: "r", Subtotal: eur, Lines: []*orderingv1.OrderLine{{ItemId: item, Name: item, Quantity: quantity, LineTotal: eur}},
	}}}
}

var (
	accepted  = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketAccepted{TicketAccepted: &kitchenv1.TicketAccepted{RestaurantId: "r"}}}
	started   = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{RestaurantId: "r"}}}
	noTicket  = &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{RestaurantId: "r"}}}
	noOrder   = &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{RestaurantId: "r"}}}
	cancelled = &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{RestaurantId: "r"}}}
)

func stopped(begun bool) *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{RestaurantId: "r", Started: begun}}}
}

func TestWhichOrdersCount(t *testing.T) {
	order := placed(1000, "dal", 2)
	for name, c := range map[string]struct {
		events []any
		counts bool
	}{
		"placed":                             {[]any{order}, false},
		"accepted":                           {[]any{order, accepted}, true},
		"rejected after a yes":               {[]any{order, accepted, noTicket}, false},
		"the house said no":                  {[]any{order, accepted, noOrder}, false},
		"cooked, and refunded by the house":  {[]any{order, accepted, started, noOrder}, false},
		"called off in time":                 {[]any{order, accepted, cancelled, stopped(false)}, false},
		"called off, the kitchen not asked":  {[]any{order, accepted, cancelled}, false},
		"called off too late":                {[]any{order, accepted, started, cancelled}, true},
		"called off while cooking began":     {[]any{order, accepted, cancelled, stopped(true)}, true},
		"the kitchen was heard before ours":  {[]any{accepted, order}, true},
		"called off before there was a word": {[]any{order, cancelled}, false},
	} {
		t.Run(name, func(t *testing.T) {
			v := viewtest.NewStepped(t, sales.Spec())
			for i, data := range c.events {
				v.Apply(t, event(idAt(night, 1), night.Add(time.Duration(i)*time.Second), uint64(i+1), data))
			}
			out, err := sales.Week(context.Background(), v, "r", "EUR", berlin(t), night)
			require.NoError(t, err)
			require.Equal(t, c.counts, out.GetToday().GetOrders() == 1)
			require.Equal(t, c.counts, out.GetWeek().GetRevenue().GetMinorUnits() == 1000)
		})
	}
}

func event(id string, at time.Time, position uint64, data any) view.Event {
	e := view.Event{AggregateID: id, Time: at, Position: position}
	switch data := data.(type) {
	case *kitchenv1.TicketEvent:
		e.Domain, e.Data = "kitchen", data
	case *orderingv1.OrderEvent:
		e.Domain, e.Data = "ordering", data
	}
	return e
}

func TestSumsGoByTheRestaurantsOwnClock(t *testing.T) {
	v := viewtest.NewStepped(t, sales.Spec())
	position := uint64(0)
	for n, o := range []struct {
		at, made time.Time
		cents    int64
		item     string
		quantity int32
	}{
		{night, night, 1000, "dal", 2},                                                                            // Tuesday 0:15
		{night.Add(-30 * time.Minute), night, 500, "dal", 1},                                                      // Monday 23:45
		{night.Add(10 * time.Hour), night.Add(33 * time.Hour), 700, "naan", 5},                                    // Tuesday 10:15, its id from a clock that is fast
		{night.AddDate(0, 0, -6), night.AddDate(0, 0, -6), 300, "rice", 1},                                        // the week's first day
		{night.AddDate(0, 0, -6).Add(-time.Hour), night.AddDate(0, 0, -6).Add(-time.Hour), 9999, "too early", 99}, // the day before
	} {
		id := idAt(o.made, byte(n))
		for _, data := range []any{placed(o.cents, o.item, o.quantity), accepted} {
			position++
			v.Apply(t, event(id, o.at, position, data))
		}
	}
	out, err := sales.Week(context.Background(), v, "r", "EUR", berlin(t), night.Add(12*time.Hour))
	require.NoError(t, err)
	require.EqualValues(t, 1700, out.GetToday().GetRevenue().GetMinorUnits())
	require.EqualValues(t, 2500, out.GetWeek().GetRevenue().GetMinorUnits())
	require.EqualValues(t, 4, out.GetWeek().GetOrders())
	var tops []string
	for _, i := range out.GetWeek().GetTopItems() {
		tops = append(tops, i.GetName())
	}
	require.Equal(t, []string{"naan", "dal", "rice"}, tops)
	require.Len(t, out.GetHours(), 24)
	require.EqualValues(t, 1000, out.GetHours()[0].GetRevenue().GetMinorUnits())
	require.EqualValues(t, 700, out.GetHours()[10].GetRevenue().GetMinorUnits())
	require.Len(t, out.GetDays(), 7)
	require.Equal(t, "2026-11-18", out.GetDays()[0].GetDate())
	require.EqualValues(t, 300, out.GetDays()[0].GetRevenue().GetMinorUnits())
	require.EqualValues(t, 500, out.GetDays()[5].GetRevenue().GetMinorUnits())
	other, err := sales.Week(context.Background(), v, "elsewhere", "EUR", berlin(t), night)
	require.NoError(t, err)
	require.Zero(t, other.GetWeek().GetOrders())
}
