package processes

import (
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/identity"
)

// city is a cell with a customer, a restaurant that is open, and a courier on shift.
type city struct {
	*cell
	place, item, customerID, courierID string
	customer, owner, courier           person
}

func found(t *testing.T) *city {
	t.Helper()
	c := &city{cell: open(t), place: newID(), item: newID(), customerID: newID(), courierID: newID()}
	c.openRestaurant(t)
	c.hire(t)
	for _, name := range bffs {
		require.Eventually(t, func() bool { // it listens when it has caught up
			conn, err := net.Dial("tcp", c.addrs[name])
			return err == nil && conn.Close() == nil
		}, patience, 20*time.Millisecond, name)
	}
	c.customer = c.person(t, "customer", identity.Grant{Role: identity.Customer, Resource: c.customerID})
	c.owner = c.person(t, "restaurant", identity.Grant{Role: identity.Restaurant, Resource: c.place})
	c.courier = c.person(t, "courier", identity.Grant{Role: identity.Courier, Resource: c.courierID})
	c.customer.sees(t, "/restaurants/"+c.place, "an open restaurant", func(body map[string]any) bool {
		summary, _ := body["summary"].(map[string]any)
		return summary["open_now"] == true
	})
	c.customer.does(t, http.MethodPost, "/customers", map[string]any{"customer_id": c.customerID, "name": "Amira", "phone": "+49 30 1234567"})
	me := "/couriers/" + c.courierID
	c.courier.sees(t, me, "who was hired", is("courier_id", c.courierID))
	c.tellWhere(t)
	c.courier.does(t, http.MethodPost, me+":startShift", map[string]any{})
	return c
}

func alwaysOpen() *typev1.OpeningHours {
	hours := &typev1.OpeningHours{TimeZone: "Europe/Berlin"}
	for day := typev1.Weekday_WEEKDAY_MONDAY; day <= typev1.Weekday_WEEKDAY_SUNDAY; day++ {
		hours.Windows = append(hours.Windows, &typev1.OpeningWindow{Weekday: day, ClosesMinute: 24 * 60})
	}
	return hours
}

// openRestaurant has a restaurant with one item on its menu open around the clock.
func (c *city) openRestaurant(t *testing.T) {
	t.Helper()
	ctx, err := c.issuer.AsService(t.Context(), "test")
	require.NoError(t, err)
	euros := func(cents int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: cents} }
	client := restaurantv1.NewRestaurantServiceClient(c.dial(t, "restaurant"))
	register := &restaurantv1.RegisterRestaurantRequest{
		RestaurantId: c.place, CurrencyCode: "EUR",
		Profile: &restaurantv1.Profile{
			Name: "Dal House", Description: "Dal", Cuisines: []string{"indian"}, Address: "Torstr. 2",
			Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}, PreparationMinutes: 20,
		},
		Hours:         alwaysOpen(),
		DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: euros(150), MinimumOrder: euros(1000)},
	}
	_, err = client.RegisterRestaurant(ctx, register)
	require.NoError(t, err)
	_, err = client.PutMenuItem(ctx, &restaurantv1.PutMenuItemRequest{RestaurantId: c.place, Item: &typev1.MenuItem{
		ItemId: c.item, Name: "Dal", Section: "Mains", Rank: 1, Price: euros(1000),
	}})
	require.NoError(t, err)
	_, err = client.OpenRestaurant(ctx, &restaurantv1.OpenRestaurantRequest{RestaurantId: c.place})
	require.NoError(t, err)
}

func (c *city) hire(t *testing.T) {
	t.Helper()
	ctx, err := c.issuer.AsService(t.Context(), "test")
	require.NoError(t, err)
	_, err = courierv1.NewCourierServiceClient(c.dial(t, "courier")).RegisterCourier(ctx, &courierv1.RegisterCourierRequest{
		CourierId: c.courierID, Name: "Kofi", Vehicle: courierv1.Vehicle_VEHICLE_BICYCLE,
	})
	require.NoError(t, err)
}

// tellWhere tells where the courier is: at the restaurant.
func (c *city) tellWhere(t *testing.T) {
	t.Helper()
	c.courier.does(t, http.MethodPut, "/couriers/"+c.courierID+"/location", map[string]any{"latitude": 52.53, "longitude": 13.4})
}

// order is of two dals: 20.00, and 1.50 for delivery.
func (c *city) order() (id string, body map[string]any) {
	id = newID()
	return id, map[string]any{
		"order_id": id, "restaurant_id": c.place, "items": []any{map[string]any{"item_id": c.item, "quantity": 2}},
		"delivery_address": map[string]any{"line": "Torstr. 1", "latitude": 52.53, "longitude": 13.4},
		"expected_total":   map[string]any{"currency_code": "EUR", "minor_units": "2150"},
	}
}

// placed places an order, which must be taken at once, and reads it back.
func (c *city) placed(t *testing.T) string {
	t.Helper()
	id, body := c.order()
	taken := c.customer.call(t, http.MethodPost, "/orders", "", body)
	require.Equal(t, http.StatusOK, taken.status, taken.body)
	at := taken.header.Get("Tiffin-Position")
	require.NotEmpty(t, at)
	got := c.customer.call(t, http.MethodGet, "/orders/"+id, at, nil)
	require.Equal(t, http.StatusOK, got.status, got.body)
	require.Empty(t, got.header.Get("Tiffin-Stale"))
	require.Equal(t, map[string]any{"currency_code": "EUR", "minor_units": "2150"}, got.body["total"])
	return id
}

// carried is what people do with an order until it is completed.
func (c *city) carried(t *testing.T, id string) {
	t.Helper()
	me := "/couriers/" + c.courierID
	c.owner.sees(t, "/restaurants/"+c.place+"/tickets?status=OPENED", "the ticket", among("tickets", "ticket_id", id))
	c.owner.does(t, http.MethodPost, "/tickets/"+id+":accept", map[string]any{"ready_in": "600s"})
	c.owner.does(t, http.MethodPost, "/tickets/"+id+":start", map[string]any{})
	c.tellWhere(t)
	c.courier.sees(t, me+"/offers", "the offer", among("offers", "delivery_id", id))
	offers, _ := c.courier.reads(t, me+"/offers", "offers")["offers"].([]any)
	offer, _ := offers[0].(map[string]any)
	c.courier.does(t, http.MethodPost, "/deliveries/"+id+":accept", map[string]any{"offer_id": offer["offer_id"]})
	c.courier.sees(t, me, "the delivery", func(body map[string]any) bool {
		held, _ := body["delivery"].(map[string]any)
		return held["delivery_id"] == id && held["state"] == "ASSIGNED"
	})
	c.owner.does(t, http.MethodPost, "/tickets/"+id+":ready", map[string]any{})
	c.courier.does(t, http.MethodPost, "/deliveries/"+id+":pickUp", map[string]any{})
	c.courier.does(t, http.MethodPost, "/deliveries/"+id+":deliver", map[string]any{})
	c.customer.sees(t, "/orders/"+id, "the end", is("status", "COMPLETED"))
	c.courier.sees(t, me, "nothing to bring", func(body map[string]any) bool { return body["delivery"] == nil })
}
