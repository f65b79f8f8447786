package processes

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Each service is killed in turn, in one cell: what was ordered without it is what the next one's absence must not hide.
func TestWhileAnyOneServiceIsDownEverythingIsReadAndWhoOrdersMissesOrderingAlone(t *testing.T) {
	c := found(t)
	ended := c.placed(t)
	c.carried(t, ended)
	for _, killed := range services {
		began := time.Now()
		c.processes[killed].Kill(t)
		c.everythingIsRead(t, ended)
		var id string
		if killed == "ordering" {
			c.refused(t)
		} else {
			id = c.placed(t)
		}
		c.everythingIsRead(t, ended)
		c.start(t, killed)
		c.serving(t, killed)
		if killed == "ordering" {
			id = c.placedAgain(t)
		}
		c.carried(t, id)
		ended = id
		t.Logf("without %s, and with it again: %v", killed, time.Since(began).Round(time.Millisecond))
	}
}

// everythingIsRead asks every query of every BFF, once.
func (c *city) everythingIsRead(t *testing.T, ended string) {
	t.Helper()
	c.customer.reads(t, "/restaurants?latitude=52.53&longitude=13.4&query=dal", "restaurants")
	c.customer.reads(t, "/restaurants/"+c.place, "sections")
	c.customer.reads(t, "/orders", "orders")
	c.customer.reads(t, "/orders/"+ended, "timeline")
	c.customer.reads(t, "/customers/"+c.customerID, "name")

	c.owner.reads(t, "/restaurants/"+c.place, "name")
	c.owner.reads(t, "/restaurants/"+c.place+"/tickets", "tickets")
	c.owner.reads(t, "/restaurants/"+c.place+"/sales", "week")

	me := "/couriers/" + c.courierID
	c.courier.reads(t, me, "name")
	c.courier.reads(t, me+"/deliveries", "deliveries")
	c.courier.reads(t, me+"/earnings", "days")
	offers := c.courier.call(t, http.MethodGet, me+"/offers", "", nil)
	require.Equal(t, http.StatusOK, offers.status, offers.body)
}

// refused wants a problem that says, again and again, that it is not the customer's fault, and not where ordering runs.
func (c *city) refused(t *testing.T) {
	t.Helper()
	for range 3 {
		_, body := c.order()
		refused := c.customer.call(t, http.MethodPost, "/orders", "", body)
		require.Equal(t, http.StatusServiceUnavailable, refused.status, refused.body)
		require.Equal(t, "application/problem+json", refused.header.Get("Content-Type"))
		require.Equal(t, "UNAVAILABLE", refused.body["code"])
		require.NotEmpty(t, refused.body["detail"])
		require.NotContains(t, refused.body["detail"], c.addrs["ordering"])
	}
}

// placedAgain places an order when the BFF has found ordering again.
func (c *city) placedAgain(t *testing.T) string {
	t.Helper()
	id, body := c.order()
	c.customer.does(t, http.MethodPost, "/orders", body)
	return id
}
