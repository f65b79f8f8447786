package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/position"
	"tiffin/platform/view"
)

func TestARestaurantShowsHowOftenItIsOrderedFrom(t *testing.T) {
	h := town(t)
	ordered := func(at uint64, data *orderingv1.OrderEvent) {
		h.popularity.Apply(t, view.Event{Position: at, Domain: "ordering", AggregateID: orderID(1), Time: noon, Data: data})
	}
	placed := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{RestaurantId: restaurantID(1)}}}
	ordered(1001, placed)
	ordered(1002, placed)
	ordered(1003, placed)
	ordered(1004, &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{RestaurantId: restaurantID(1)}}})

	type summary struct {
		OrderCount string `json:"order_count"`
	}
	answer := h.ask(t, http.MethodGet, "restaurants?"+near, "", "")
	var counts []string
	for _, r := range read[struct{ Restaurants []summary }](t, answer).Restaurants {
		counts = append(counts, r.OrderCount)
	}
	require.Equal(t, []string{"2", "0", "0", "0"}, counts)
	seen, err := position.Parse(answer.Header.Get("Tiffin-Position"))
	require.NoError(t, err)
	require.EqualValues(t, 1004, seen["ordering"])

	answer = h.ask(t, http.MethodGet, "restaurants/"+restaurantID(1), "", "", "Tiffin-Position", position.Token{"ordering": 1005}.Encode())
	require.Equal(t, "2", read[struct{ Summary summary }](t, answer).Summary.OrderCount)
	require.Equal(t, "true", answer.Header.Get("Tiffin-Stale"), "an order that is not counted yet was seen")
}
