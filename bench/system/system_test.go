package system

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
)

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

func dish(id string, price int64) *customerv1.OfferedItem {
	return &customerv1.OfferedItem{Item: &typev1.MenuItem{ItemId: id, Price: eur(price)}}
}

func TestABasketReachesTheMinimumAndKnowsItsTotal(t *testing.T) {
	chosen := dish("pizza", 900)
	chosen.Item.OptionGroups = []*typev1.OptionGroup{{MinChoices: 1}}
	gone := dish("soup", 500)
	gone.SoldOut = true
	r := &customerv1.Restaurant{
		CurrencyCode: "EUR",
		Summary:      &customerv1.RestaurantSummary{RestaurantId: "r", Location: &typev1.Location{}, DeliveryFee: eur(250), MinimumOrder: eur(2000)},
		Sections:     []*customerv1.MenuSection{{Items: []*customerv1.OfferedItem{chosen, gone, dish("dal", 700)}}, {Items: []*customerv1.OfferedItem{dish("rice", 300)}}},
	}
	order := fill(r)
	require.Len(t, order.Items, 2)
	require.Equal(t, []string{"dal", "rice"}, []string{order.Items[0].ItemId, order.Items[1].ItemId})
	items := 700*int64(order.Items[0].Quantity) + 300*int64(order.Items[1].Quantity)
	require.GreaterOrEqual(t, items, int64(2000))
	require.Equal(t, items+250, order.ExpectedTotal.MinorUnits)
	r.Sections = r.Sections[:1]
	require.Nil(t, fill(r))
}

func TestEveryOrderHasAnIDOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		placed := &customerv1.PlaceOrderRequest{}
		body := make([]byte, r.ContentLength)
		_, _ = r.Body.Read(body)
		assert.NoError(t, protojson.Unmarshal(body, placed))
		assert.Equal(t, r.Header.Get("Idempotency-Key"), placed.OrderId)
		seen[placed.OrderId] = true
	}))
	defer server.Close()
	body, err := protojson.Marshal(&customerv1.PlaceOrderRequest{OrderId: noID, RestaurantId: "r"})
	require.NoError(t, err)
	client := NewClient(server.URL, 1)
	defer client.Close()
	for range 3 {
		_, err := client.Place(t.Context(), Customer{"t"}, newBasket("r", body))
		require.NoError(t, err)
	}
	require.Len(t, seen, 3)
}

func TestARefusalAndAStaleAnswerAreErrors(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == customerAPI+"/orders/stale" {
			w.Header().Set(staleHeader, "true")
			return
		}
		w.WriteHeader(http.StatusConflict)
	}))
	defer server.Close()
	client := NewClient(server.URL, 1)
	defer client.Close()
	require.ErrorContains(t, client.Read(t.Context(), Order{ID: "other"}, ""), "409")
	require.ErrorContains(t, client.Read(t.Context(), Order{ID: "stale"}, "p"), "stale")
}

func TestAConnectionThatMayHaveBeenClosedIsNotUsedAgain(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	closed := make(chan struct{}, 2)
	server.Config.IdleTimeout = 20 * time.Millisecond
	server.Config.ConnState = func(_ net.Conn, now http.ConnState) {
		if now == http.StateClosed {
			closed <- struct{}{}
		}
	}
	server.Start()
	defer server.Close()
	client := NewClient(server.URL, 1)
	defer client.Close()
	client.keep = server.Config.IdleTimeout / 2
	for range 2 {
		_, err := client.Get(t.Context(), "/")
		require.NoError(t, err)
		<-closed
	}
}

func TestALiveStreamIsLeftBeforeItEnds(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := w.Write([]byte("event: heartbeat\ndata: {}\n\nevent: document\ndata: 1\n\nevent: document\ndata: 2\n\n"))
		assert.NoError(t, err)
		assert.NoError(t, http.NewResponseController(w).Flush())
		<-r.Context().Done() // there may be more, until the caller has gone
	}))
	defer server.Close()
	client := NewClient(server.URL, 1)
	defer client.Close()
	var seen []string
	require.NoError(t, client.WatchOrder(t.Context(), Order{ID: "o"}, func(document []byte) (bool, error) {
		seen = append(seen, string(document))
		return len(seen) < 2, nil
	}))
	require.Equal(t, []string{"1", "2"}, seen)
}

func TestViewsThatReadNoOrdersAreNotWaitedFor(t *testing.T) {
	start := map[string]uint64{"orders": 10, "restaurants": 10, "menu": 9}
	view := func(name string, at uint64) View { return View{Name: name, Position: at} }
	require.False(t, drained([]View{view("orders", 10), view("menu", 9)}, start, 20), "nothing has moved yet")
	require.False(t, drained([]View{view("orders", 20), view("restaurants", 19), view("menu", 9)}, start, 20))
	require.True(t, drained([]View{view("orders", 20), view("restaurants", 21), view("menu", 9)}, start, 20))
}
