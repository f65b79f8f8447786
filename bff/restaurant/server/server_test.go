package server_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/position"
	"tiffin/platform/problem"
	"tiffin/platform/view"
)

func ticketID(n int) string { return fmt.Sprintf("01ARZ3NDEKTSV4RRFFQ69G5F%02d", n) }

// register lets dal exist, open on Mondays from eight to two.
func (h house) register(t *testing.T) {
	t.Helper()
	for i, data := range []*restaurantv1.RestaurantEvent{
		{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{RestaurantRegistered: &restaurantv1.RestaurantRegistered{
			CurrencyCode: "EUR", Profile: &restaurantv1.Profile{Name: "Dal & Daughters"},
			Hours: &typev1.OpeningHours{TimeZone: "UTC", Windows: []*typev1.OpeningWindow{
				{Weekday: typev1.Weekday_WEEKDAY_MONDAY, OpensMinute: 480, ClosesMinute: 840},
			}},
		}}},
		{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{RestaurantOpened: &restaurantv1.RestaurantOpened{}}},
		{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{Item: &typev1.MenuItem{ItemId: item, Name: "Dal"}}}},
	} {
		e := view.Event{Position: uint64(i + 1), Domain: "restaurant", AggregateID: dal, Time: noon, Data: data}
		h.boards.Apply(t, e)
		h.menus.Apply(t, e)
	}
}

func (h house) cook(t *testing.T, n int, at uint64, data *kitchenv1.TicketEvent) {
	t.Helper()
	e := view.Event{Position: at, Domain: "kitchen", AggregateID: ticketID(n), Time: noon.Add(time.Duration(n) * time.Second), Data: data}
	h.boards.Apply(t, e)
	h.tickets.Apply(t, e)
}

func opened(restaurant string) *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketOpened{TicketOpened: &kitchenv1.TicketOpened{
		RestaurantId: restaurant, PreparationMinutes: 25, Lines: []*kitchenv1.TicketLine{{ItemId: item, Name: "Dal", Quantity: 2}},
	}}}
}

func rejected() *kitchenv1.TicketEvent {
	return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketRejected{TicketRejected: &kitchenv1.TicketRejected{RestaurantId: dal}}}
}

func TestOnlyTheRestaurantsOwnPeopleAreLetIn(t *testing.T) {
	h := open(t)
	h.register(t)
	queries := []string{"", "/tickets", "/tickets:watch", "/sales"}
	for _, path := range queries {
		path = "restaurants/" + dal + path
		require.Equal(t, 401, h.ask(t, http.MethodGet, path, "", "").StatusCode, path)
		for _, other := range []string{umi, customer} {
			answer := h.ask(t, http.MethodGet, path, other, "")
			require.Equal(t, 403, answer.StatusCode, path)
			require.Equal(t, problem.ContentType, answer.Header.Get("Content-Type"))
		}
		answer := h.ask(t, http.MethodGet, path, dal, "")
		require.Equal(t, 200, answer.StatusCode, path)
		require.NoError(t, answer.Body.Close())
	}
	for _, path := range []string{"", "/tickets:watch", "/sales"} {
		require.Equal(t, 404, h.ask(t, http.MethodGet, "restaurants/"+umi+path, umi, "").StatusCode, "not registered: "+path)
	}
	require.Equal(t, 400, h.ask(t, http.MethodGet, "restaurants/"+dal+"/tickets?status=BURNT", dal, "").StatusCode)
	require.Equal(t, 400, h.ask(t, http.MethodGet, "restaurants/"+dal+"/tickets?page_token=xx", dal, "").StatusCode)
}

func TestCommandsGoOn(t *testing.T) {
	ticket, menu := "tickets/"+ticketID(1), "restaurants/"+dal+"/menu/items/"+item
	for name, c := range map[string]struct {
		method, path, body string
		at                 position.Token
		want               proto.Message
	}{
		"accept": {
			http.MethodPost, ticket + ":accept", `{"ready_in":"1200s"}`,
			position.Token{"kitchen": 41},
			&kitchenv1.AcceptTicketRequest{TicketId: ticketID(1), ReadyIn: durationpb.New(20 * time.Minute)},
		},
		"accept, as ever": {
			http.MethodPost, ticket + ":accept", `{}`,
			position.Token{"kitchen": 41},
			&kitchenv1.AcceptTicketRequest{TicketId: ticketID(1), ReadyIn: durationpb.New(25 * time.Minute)},
		},
		"delay": {
			http.MethodPost, ticket + ":delay", `{"ready_in":"1800s"}`,
			position.Token{"kitchen": 41},
			&kitchenv1.DelayTicketRequest{TicketId: ticketID(1), ReadyIn: durationpb.New(30 * time.Minute)},
		},
		"reject": {
			http.MethodPost, ticket + ":reject", `{"reason_code":"ITEMS_SOLD_OUT","reason":"no dal","sold_out_item_ids":["` + item + `"]}`,
			position.Token{"kitchen": 41},
			&kitchenv1.RejectTicketRequest{TicketId: ticketID(1), ReasonCode: "ITEMS_SOLD_OUT", Reason: "no dal", SoldOutItemIds: []string{item}},
		},
		"reject, without a word": {
			http.MethodPost, ticket + ":reject", `{}`,
			position.Token{"kitchen": 41},
			&kitchenv1.RejectTicketRequest{TicketId: ticketID(1), ReasonCode: "REJECTED", Reason: "The restaurant can't make this order."},
		},
		"start":     {http.MethodPost, ticket + ":start", `{}`, position.Token{"kitchen": 41}, &kitchenv1.StartTicketRequest{TicketId: ticketID(1)}},
		"ready":     {http.MethodPost, ticket + ":ready", `{}`, position.Token{"kitchen": 41}, &kitchenv1.MarkTicketReadyRequest{TicketId: ticketID(1)}},
		"hand over": {http.MethodPost, ticket + ":handOver", `{}`, position.Token{"kitchen": 41}, &kitchenv1.HandOverTicketRequest{TicketId: ticketID(1)}},
		"open": {
			http.MethodPost, "restaurants/" + dal + ":open", `{}`,
			position.Token{"restaurant": 51},
			&restaurantv1.OpenRestaurantRequest{RestaurantId: dal},
		},
		"pause": {
			http.MethodPost, "restaurants/" + dal + ":pause", `{"reason":"no gas"}`,
			position.Token{"restaurant": 51},
			&restaurantv1.PauseRestaurantRequest{RestaurantId: dal, Reason: "no gas"},
		},
		"put": {
			http.MethodPut, menu, `{"name":"Dal","section":"Mains","price":{"currency_code":"EUR","minor_units":"950"}}`,
			position.Token{"restaurant": 51},
			&restaurantv1.PutMenuItemRequest{RestaurantId: dal, Item: &typev1.MenuItem{
				ItemId: item, Name: "Dal", Section: "Mains", Price: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 950},
			}},
		},
		"remove":   {http.MethodDelete, menu, ``, position.Token{"restaurant": 51}, &restaurantv1.RemoveMenuItemRequest{RestaurantId: dal, ItemId: item}},
		"sold out": {http.MethodPost, menu + ":soldOut", `{}`, position.Token{"restaurant": 51}, &restaurantv1.MarkSoldOutRequest{RestaurantId: dal, ItemId: item}},
		"back":     {http.MethodPost, menu + ":back", `{}`, position.Token{"restaurant": 51}, &restaurantv1.MarkBackRequest{RestaurantId: dal, ItemId: item}},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.cook(t, 1, 1, opened(dal))
			answer := h.ask(t, c.method, c.path, dal, c.body, "Idempotency-Key", "k1")
			require.Equal(t, 200, answer.StatusCode)
			require.Equal(t, c.at.Encode(), answer.Header.Get("Tiffin-Position"))
			require.Len(t, h.behind.got, 1)
			require.Equal(t, "k1", h.behind.got[0].key)
			require.Empty(t, cmp.Diff(c.want, h.behind.got[0].command, protocmp.Transform()))

			require.Equal(t, 401, h.ask(t, c.method, c.path, "", c.body).StatusCode)
			require.Equal(t, 403, h.ask(t, c.method, c.path, customer, c.body).StatusCode)
			require.Len(t, h.behind.got, 1)
			h.behind.refusal = problem.Refuse("TICKET_NOT_OPEN", "it is cancelled")
			refused := h.ask(t, c.method, c.path, dal, c.body)
			require.Equal(t, 409, refused.StatusCode)
			require.Equal(t, "TICKET_NOT_OPEN", read[problem.Document](t, refused).Code)
		})
	}
}

func TestCommandsThatMakeNoSense(t *testing.T) {
	h := open(t)
	require.Equal(t, 400, h.ask(t, http.MethodPut, "restaurants/"+dal+"/menu/items/"+item, dal, `{"item_id":"`+dal+`"}`).StatusCode)
	require.Equal(t, 403, h.ask(t, http.MethodPut, "restaurants/"+umi+"/menu/items/"+item, dal, `{}`).StatusCode)
	require.Equal(t, 400, h.ask(t, http.MethodPost, "tickets/"+ticketID(9)+":accept", dal, `{}`).StatusCode, "nobody knows how long it takes")
	require.Equal(t, 400, h.ask(t, http.MethodPost, "tickets/"+ticketID(9)+":accept", dal, `{"ready_in":"soon"}`).StatusCode)
	require.Empty(t, h.behind.got)
}

func TestTheRestaurantAsItsPeopleSeeIt(t *testing.T) {
	h := open(t)
	h.register(t)
	got := read[map[string]any](t, h.ask(t, http.MethodGet, "restaurants/"+dal, dal, ""))
	require.Equal(t, "Dal & Daughters", got["name"])
	require.Equal(t, map[string]any{
		"paused": false, "pause_reason": "", "open_now": true, "closes_at": "2026-11-23T14:00:00Z", "opens_at": nil,
	}, got["openness"])
	require.Equal(t, "Dal", got["items"].([]any)[0].(map[string]any)["item"].(map[string]any)["name"])
	sold := read[struct {
		TimeZone string `json:"time_zone"`
		Hours    []any
		Days     []any
	}](t, h.ask(t, http.MethodGet, "restaurants/"+dal+"/sales", dal, ""))
	require.Equal(t, "UTC", sold.TimeZone)
	require.Len(t, sold.Hours, 24)
	require.Len(t, sold.Days, 7)
}

func TestTicketsPageByPage(t *testing.T) {
	h := open(t)
	for n := 1; n <= 5; n++ {
		h.cook(t, n, uint64(n), opened(dal))
	}
	h.cook(t, 6, 6, opened(umi))
	h.cook(t, 2, 7, rejected())
	type page struct {
		Tickets []struct {
			TicketID string `json:"ticket_id"`
		}
		NextPageToken string `json:"next_page_token"`
	}
	var got []string
	token := ""
	for {
		p := read[page](t, h.ask(t, http.MethodGet, "restaurants/"+dal+"/tickets?status=OPENED&status=ACCEPTED&page_size=2&page_token="+token, dal, ""))
		for _, o := range p.Tickets {
			got = append(got, o.TicketID)
		}
		if token = p.NextPageToken; token == "" {
			break
		}
		h.cook(t, 10+len(got), uint64(10+len(got)), opened(dal)) // newer than all: shifts nothing
	}
	require.Equal(t, []string{ticketID(5), ticketID(4), ticketID(3), ticketID(1)}, got)
	all := read[page](t, h.ask(t, http.MethodGet, "restaurants/"+dal+"/tickets", dal, ""))
	require.Len(t, all.Tickets, 6)
}

func TestTheBoardIsStreamedAndResumed(t *testing.T) {
	h := open(t)
	h.register(t)
	answer := h.ask(t, http.MethodGet, "restaurants/"+dal+"/tickets:watch", dal, "", "Accept", "text/event-stream")
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	lines := bufio.NewScanner(answer.Body)
	next := func(tickets ...string) {
		t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var board struct {
					Name    string
					Tickets []struct {
						TicketID string `json:"ticket_id"`
					}
				}
				require.NoError(t, json.Unmarshal([]byte(data), &board))
				var ids []string
				for _, ticket := range board.Tickets {
					ids = append(ids, ticket.TicketID)
				}
				if board.Name != "" && cmp.Equal(ids, tickets) {
					return
				}
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
	}
	next()
	h.cook(t, 1, 1, opened(dal))
	next(ticketID(1))
	h.cook(t, 2, 2, opened(dal))
	next(ticketID(1), ticketID(2))
	h.cook(t, 1, 3, rejected())
	next(ticketID(2))
	h.beats <- time.Time{}
	for lines.Scan() && lines.Text() != "event: heartbeat" {
		require.NotEqual(t, "event: error", lines.Text())
	}
	require.NoError(t, answer.Body.Close())

	asked := position.Token{"kitchen": 9, "restaurant": 2}
	resumed := h.ask(t, http.MethodGet, "restaurants/"+dal+"/tickets:watch", dal, "", "Last-Event-ID", asked.Encode())
	require.Equal(t, "true", resumed.Header.Get("Tiffin-Stale"))
	lines = bufio.NewScanner(resumed.Body)
	require.True(t, lines.Scan())
	require.Equal(t, "id: "+position.Token{"kitchen": 9, "restaurant": 3}.Encode(), lines.Text())
	require.True(t, lines.Scan())
	require.Equal(t, "event: stale", lines.Text())
	next(ticketID(2))

	// It has come that far, by what is nothing to this restaurant: who looks on is told so at the next beat.
	h.cook(t, 3, 9, opened(umi))
	h.beats <- time.Time{}
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "event: ") {
		require.NotEqual(t, "event: error", lines.Text())
	}
	require.Equal(t, "event: document", lines.Text())
	next(ticketID(2))
}
