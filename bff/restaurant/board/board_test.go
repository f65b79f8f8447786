package board_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/bff/restaurant/board"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/view"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

type step struct {
	ticket string
	after  time.Duration
	data   *kitchenv1.TicketEvent
}

func opened() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{RestaurantId: "r"}}}
}

func started() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketStarted{TicketStarted: &kitchenv1.TicketStarted{RestaurantId: "r"}}}
}

func cancelled() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{RestaurantId: "r"}}}
}

func handedOver() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketHandedOver{TicketHandedOver: &kitchenv1.TicketHandedOver{RestaurantId: "r"}}}
}

func TestWhatStandsOnTheBoard(t *testing.T) {
	for name, c := range map[string]struct {
		steps []step
		at    time.Duration
		want  []string
	}{
		"oldest first":                   {[]step{{"b", 0, opened()}, {"a", 1, opened()}, {"b", 2, started()}}, 3, []string{"b", "a"}},
		"handed over":                    {[]step{{"a", 0, opened()}, {"b", 1, opened()}, {"a", 2, handedOver()}}, 3, []string{"b"}},
		"just cancelled":                 {[]step{{"a", 0, opened()}, {"a", 1, cancelled()}}, 14 * time.Minute, []string{"a"}},
		"cancelled long ago":             {[]step{{"a", 0, opened()}, {"a", 0, cancelled()}}, 15 * time.Minute, nil},
		"a late word on what has left":   {[]step{{"a", 0, opened()}, {"a", 1, handedOver()}, {"a", 2, started()}}, 3, nil},
		"cancelled goes with later news": {[]step{{"a", 0, opened()}, {"a", 0, cancelled()}, {"b", time.Hour, opened()}}, 0, []string{"b"}},
	} {
		t.Run(name, func(t *testing.T) {
			var d board.Document
			for _, s := range c.steps {
				e := view.Event{AggregateID: s.ticket, Time: noon.Add(s.after), Data: s.data}
				require.Equal(t, []string{"r"}, board.Route(e))
				require.Equal(t, view.Keep, board.Apply(&d, e))
			}
			var got []string
			for _, m := range d.Message(noon.Add(c.at)).GetTickets() {
				got = append(got, m.GetTicketId())
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestOfManyThatWereCancelledTheLastStayOnTheBoard(t *testing.T) {
	var d board.Document
	for i := range 30 {
		at := noon.Add(time.Duration(i) * time.Second)
		for _, data := range []*kitchenv1.TicketEvent{opened(), cancelled()} {
			board.Apply(&d, view.Event{AggregateID: strconv.Itoa(i), Time: at, Data: data})
		}
	}
	board.Apply(&d, view.Event{AggregateID: "open", Time: noon, Data: opened()})
	var got []string
	for _, m := range d.Message(noon.Add(time.Minute)).GetTickets() {
		got = append(got, m.GetTicketId())
	}
	require.Equal(t, []string{"20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "open"}, got)
	require.Len(t, d.Tickets, len(got), "what is written is what is on the board")
}

func TestTheBoardKnowsWhatIsSoldOutAndWhetherOrdersCome(t *testing.T) {
	var d board.Document
	for _, data := range []*restaurantv1.RestaurantEvent{
		{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{RestaurantRegistered: &restaurantv1.RestaurantRegistered{Profile: &restaurantv1.Profile{Name: "Dal"}}}},
		{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{}},
		{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "a"}}},
		{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "b"}}},
		{Event: &restaurantv1.RestaurantEvent_ItemSoldOut{ItemSoldOut: &restaurantv1.ItemSoldOut{ItemId: "c"}}},
		{Event: &restaurantv1.RestaurantEvent_ItemBack{ItemBack: &restaurantv1.ItemBack{ItemId: "a"}}},
		{Event: &restaurantv1.RestaurantEvent_MenuItemRemoved{MenuItemRemoved: &restaurantv1.MenuItemRemoved{ItemId: "c"}}},
		{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{RestaurantPaused: &restaurantv1.RestaurantPaused{Reason: "no gas"}}},
	} {
		board.Apply(&d, view.Event{AggregateID: "r", Time: noon, Data: data})
	}
	require.Equal(t, []string{"b"}, d.Message(noon).GetSoldOutItemIds())
	require.True(t, d.Registered && d.Paused)
	require.Equal(t, "no gas", d.PauseReason)
	require.Equal(t, "Dal", d.Message(noon).GetName())
}
