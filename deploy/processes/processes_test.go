package processes

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOrdersAreTakenAndMenusReadWithoutTheRestaurantService(t *testing.T) {
	c := open(t)
	c.restaurant.Kill(t)
	c.customer.reads(t, "/restaurants/"+c.place, "sections")
	for range 3 {
		c.placed(t)
	}
}

func TestWithoutOrderingEverythingIsReadAndOrdersWait(t *testing.T) {
	c := open(t)
	before := c.placed(t)
	c.ordering.Kill(t)
	for range 3 {
		refused := c.customer.call(t, http.MethodPost, "/orders", "", c.order())
		require.Equal(t, http.StatusServiceUnavailable, refused.status, refused.body)
		require.Equal(t, "application/problem+json", refused.header.Get("Content-Type"))
		require.Equal(t, "UNAVAILABLE", refused.body["code"])
		require.NotContains(t, refused.body["detail"], c.orders, "where it runs is nobody's business")
		require.NotEmpty(t, refused.body["detail"])

		c.customer.reads(t, "/restaurants?latitude=52.53&longitude=13.4&query=dal", "restaurants")
		c.customer.reads(t, "/restaurants/"+c.place, "sections")
		c.customer.reads(t, "/orders/"+before, "timeline")
		c.customer.reads(t, "/orders", "orders")
	}
	c.startOrdering(t)
	after := c.placed(t)
	require.NotEqual(t, before, after)
	got := c.customer.call(t, http.MethodGet, "/orders", "", nil)
	require.Len(t, got.body["orders"], 2)
}
