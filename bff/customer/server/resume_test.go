package server_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/position"
	"tiffin/platform/view"
)

// first reads the first event of a stream: its id, its kind and its data.
func first(t *testing.T, answer *http.Response) (id, kind, data string) {
	t.Helper()
	require.Equal(t, 200, answer.StatusCode)
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() && lines.Text() != "" {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "id":
			id = value
		case "event":
			kind = value
		case "data":
			data = value
		}
	}
	require.NoError(t, lines.Err())
	return id, kind, data
}

// Whoever was away finds the order as it is now, and a position that covers all that was seen before.
func TestAWatchIsResumedWhereItWas(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	path := "orders/" + orderID(1) + ":watch"
	answer := h.ask(t, http.MethodGet, path, ann, "")
	id, kind, data := first(t, answer)
	require.Equal(t, position.Token{"ordering": 1}.Encode(), id)
	require.Equal(t, "document", kind)
	require.Contains(t, data, `"PLACED"`)
	require.NoError(t, answer.Body.Close())

	h.orders.Apply(t, view.Event{
		Position: 2, Domain: "ordering", AggregateID: orderID(1), Time: noon,
		Data: &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{}}},
	})
	elsewhere := position.Token{"restaurant": 9}.Encode() + ", " + position.Token{"kitchen": 4}.Encode()
	resumed := h.ask(t, http.MethodGet, path, ann, "", "Last-Event-ID", id, "Tiffin-Position", elsewhere)
	require.Empty(t, resumed.Header.Get("Tiffin-Stale"))
	all := position.Token{"ordering": 2, "restaurant": 9, "kitchen": 4}.Encode()
	require.Equal(t, all, resumed.Header.Get("Tiffin-Position"))
	id, kind, data = first(t, resumed)
	require.Equal(t, all, id)
	require.Equal(t, "document", kind)
	require.Contains(t, data, `"CONFIRMED"`)

	require.Equal(t, 404, h.ask(t, http.MethodGet, "orders/"+orderID(2)+":watch", ann, "").StatusCode)
	require.Equal(t, 401, h.ask(t, http.MethodGet, path, "", "").StatusCode)
	require.Equal(t, 400, h.ask(t, http.MethodGet, path, ann, "", "Last-Event-ID", "rubbish").StatusCode)
}
