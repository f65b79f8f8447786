package server_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/testing/protocmp"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/position"
	"tiffin/platform/problem"
)

const dal = "01ARZ3NDEKTSV4RRFFQ69G5FA4"

const wanted = `{"order_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","restaurant_id":"` + kitchen + `",
	"items":[{"item_id":"` + dal + `","quantity":2,"option_ids":["hot","rice"],"note":"no salt"}],
	"delivery_address":{"line":"1 High St","latitude":52.5,"longitude":13.4},
	"expected_total":{"currency_code":"EUR","minor_units":"1250"},"tip":{"currency_code":"EUR","minor_units":100},"payment_token":"tok"}`

func TestPlacingAnOrder(t *testing.T) {
	h := open(t)
	answer := h.ask(t, http.MethodPost, "orders", ann, wanted, "Tiffin-Position", position.Token{"restaurant": 5}.Encode())
	require.Equal(t, 200, answer.StatusCode)
	require.Equal(t, position.Token{"ordering": 41, "restaurant": 5}.Encode(), answer.Header.Get("Tiffin-Position"))
	require.Equal(t, map[string]any{"order_id": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}, read[map[string]any](t, answer))
	want := &orderingv1.PlaceOrderRequest{
		OrderId: "01ARZ3NDEKTSV4RRFFQ69G5FAV", CustomerId: ann, RestaurantId: kitchen, PaymentToken: "tok",
		Items:           []*orderingv1.OrderedItem{{ItemId: dal, Quantity: 2, OptionIds: []string{"hot", "rice"}, Note: "no salt"}},
		DeliveryAddress: &orderingv1.DeliveryAddress{Line: "1 High St", Latitude: 52.5, Longitude: 13.4},
		ExpectedTotal:   &typev1.Money{CurrencyCode: "EUR", MinorUnits: 1250}, Tip: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 100},
	}
	require.Empty(t, cmp.Diff([]*orderingv1.PlaceOrderRequest{want}, h.ordering.placed, protocmp.Transform()))

	require.Equal(t, 401, h.ask(t, http.MethodPost, "orders", "", wanted).StatusCode)
	require.Equal(t, 400, h.ask(t, http.MethodPost, "orders", ann, `{"order_id":"1"}`).StatusCode)
	require.Equal(t, 400, h.ask(t, http.MethodPost, "orders", ann, `{"customer_id":"`+bob+`"}`).StatusCode)
	require.Len(t, h.ordering.placed, 1)
}

// Whatever ordering says arrives as it is: the pages act on it.
func TestRefusedOrders(t *testing.T) {
	for name, c := range map[string]struct {
		refusal *problem.Problem
		status  int
	}{
		"prices have changed": {problem.Refuse("TOTAL_CHANGED", "now EUR 13.00").With("total", "1300").With("currency_code", "EUR"), 409},
		"too little":          {problem.Refuse("BELOW_MINIMUM", "EUR 15.00 or more").With("minimum", "1500").With("subtotal", "1150"), 409},
		"sold out":            {problem.Refuse("ITEM_SOLD_OUT", "Dal is sold out").With("item_id", "dal"), 409},
		"not on the menu":     {problem.Refuse("ITEM_NOT_FOUND", "not on the menu any more").With("item_id", "dal"), 409},
		"no such option":      {problem.Refuse("OPTION_NOT_FOUND", "not offered").With("item_id", "dal").With("option_id", "hot"), 409},
		"a choice is missing": {problem.Refuse("CHOICES_MISSING", "choose one").With("item_id", "dal").With("group_id", "g"), 409},
		"too many choices":    {problem.Refuse("TOO_MANY_CHOICES", "choose one").With("item_id", "dal").With("group_id", "g"), 409},
		"closed":              {problem.Refuse("RESTAURANT_CLOSED", "closed until Monday").With("opens_at", "2026-11-23T10:00:00Z"), 409},
		"paused":              {problem.Refuse("RESTAURANT_PAUSED", "no gas"), 409},
		"too far":             {problem.Refuse("OUT_OF_AREA", "further than 3.0 km away"), 409},
		"placed before":       {problem.Refuse("ORDER_EXISTS", "placed already"), 409},
		"unknown restaurant":  {problem.Missing("RESTAURANT_NOT_FOUND", "there is no such restaurant"), 404},
		"a bad field":         {problem.InvalidField("items[0].quantity", "1 to 50"), 400},
		"an old id":           {problem.New(problem.Invalid, "ID_NOT_OF_TODAY", "within 24 hours"), 400},
		"others were faster":  {problem.New(problem.Contended, "CONTENDED", "please repeat"), 409},
		"nobody knows":        {problem.New(problem.Unavailable, "OUTCOME_UNKNOWN", "repeat with the same key"), 503},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.ordering.refusal = c.refusal
			answer := h.ask(t, http.MethodPost, "orders", ann, wanted)
			require.Equal(t, c.status, answer.StatusCode)
			require.Equal(t, problem.ContentType, answer.Header.Get("Content-Type"))
			got := read[problem.Document](t, answer)
			require.Equal(t, c.refusal.Document(got.TraceID), got)
		})
	}
}

func TestOrderingThatDoesNotAnswerIsNotDescribed(t *testing.T) {
	h := open(t)
	h.ordering.refusal = problem.New(problem.Internal, "SECRET", "dial tcp 10.0.0.7")
	answer := h.ask(t, http.MethodPost, "orders", ann, wanted)
	require.Equal(t, 500, answer.StatusCode)
	require.Equal(t, "INTERNAL", read[problem.Document](t, answer).Code)
}
