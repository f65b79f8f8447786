package processes

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/mongolite"
	"tiffin/platform/rpc"
	"tiffin/platform/run/runtest"
)

const patience = 30 * time.Second

func TestMain(m *testing.M) {
	runtest.Main(m, "tiffin/services/restaurant/cmd/restaurant", "tiffin/services/ordering/cmd/ordering", "tiffin/bff/customer/cmd/customer")
}

func newID() string { return ulid.Make().String() }

func dial(t *testing.T, addr string) *grpc.ClientConn {
	t.Helper()
	conn, err := rpc.Dial(addr, rpc.ClientOptions{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// serving waits until the health service at the address says that the service serves.
func serving(t *testing.T, addr, service string) {
	t.Helper()
	health := healthv1.NewHealthClient(dial(t, addr))
	require.Eventually(t, func() bool {
		answer, err := health.Check(t.Context(), &healthv1.HealthCheckRequest{Service: service})
		return err == nil && answer.GetStatus() == healthv1.HealthCheckResponse_SERVING
	}, patience, 20*time.Millisecond)
}

// around are the settings that the processes of one cell share.
func around(t *testing.T) (*identity.Issuer, []string) {
	t.Helper()
	data := t.TempDir()
	issuer, err := identity.NewIssuer(data, time.Now)
	require.NoError(t, err)
	return issuer, []string{"TIFFIN_DATA_DIR=" + data, "TIFFIN_NATS_URL=" + hubtest.Server(t).URL()}
}

// cell is one of everything, with a restaurant that is open and a customer.
type cell struct {
	shared              []string
	restaurant          *runtest.Process
	ordering            *runtest.Process
	orders, place, item string
	customer            customer
}

func open(t *testing.T) *cell {
	t.Helper()
	issuer, shared := around(t)
	c := &cell{shared: shared, orders: runtest.FreeAddr(t), place: newID(), item: newID()}
	restaurants, web := runtest.FreeAddr(t), runtest.FreeAddr(t)
	c.restaurant = runtest.Start(t, "restaurant", append(shared, "TIFFIN_GRPC_ADDR="+restaurants)...)
	c.startOrdering(t)
	runtest.Start(t, "customer", append(shared,
		"TIFFIN_HTTP_ADDR="+web, "TIFFIN_ORDERING_ADDR="+c.orders, "TIFFIN_CUSTOMER_ADDR="+runtest.FreeAddr(t), "TIFFIN_MONGODB_URI="+database(t))...)
	serving(t, restaurants, "tiffin.restaurant.v1.RestaurantService")
	openRestaurant(t, issuer, dial(t, restaurants), c.place, c.item)
	person := newID()
	token, err := issuer.Issue(identity.Caller{Subject: person, Grants: []identity.Grant{{Role: identity.Customer, Resource: person}}})
	require.NoError(t, err)
	c.customer = customer{url: "http://" + web + "/api/customer/v1", token: token}
	c.customer.reads(t, "/restaurants/"+c.place, "sections")
	return c
}

// startOrdering starts it, the first time or again, and waits until it takes orders.
func (c *cell) startOrdering(t *testing.T) {
	t.Helper()
	c.ordering = runtest.Start(t, "ordering", append(c.shared, "TIFFIN_GRPC_ADDR="+c.orders)...)
	serving(t, c.orders, "tiffin.ordering.v1.OrderingService")
}

// database is empty: a BFF's is named after it, so an engine that others use, too, would hold another log's views.
func database(t *testing.T) string {
	t.Helper()
	lite, err := mongolite.Start(mongolite.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, lite.Close(context.WithoutCancel(t.Context()))) })
	return lite.URI()
}

func alwaysOpen() *typev1.OpeningHours {
	hours := &typev1.OpeningHours{TimeZone: "Europe/Berlin"}
	for day := typev1.Weekday_WEEKDAY_MONDAY; day <= typev1.Weekday_WEEKDAY_SUNDAY; day++ {
		hours.Windows = append(hours.Windows, &typev1.OpeningWindow{Weekday: day, ClosesMinute: 24 * 60})
	}
	return hours
}

// openRestaurant has a restaurant with one item on its menu open around the clock.
func openRestaurant(t *testing.T, issuer *identity.Issuer, conn *grpc.ClientConn, id, item string) {
	t.Helper()
	ctx, err := issuer.AsService(t.Context(), "test")
	require.NoError(t, err)
	euros := func(cents int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: cents} }
	client := restaurantv1.NewRestaurantServiceClient(conn)
	register := &restaurantv1.RegisterRestaurantRequest{
		RestaurantId: id, CurrencyCode: "EUR",
		Profile: &restaurantv1.Profile{
			Name: "Dal House", Description: "Dal", Cuisines: []string{"indian"}, Address: "Torstr. 2",
			Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}, PreparationMinutes: 20,
		},
		Hours:         alwaysOpen(),
		DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: euros(150), MinimumOrder: euros(1000)},
	}
	_, err = client.RegisterRestaurant(ctx, register)
	require.NoError(t, err)
	_, err = client.PutMenuItem(ctx, &restaurantv1.PutMenuItemRequest{RestaurantId: id, Item: &typev1.MenuItem{
		ItemId: item, Name: "Dal", Section: "Mains", Rank: 1, Price: euros(1000),
	}})
	require.NoError(t, err)
	_, err = client.OpenRestaurant(ctx, &restaurantv1.OpenRestaurantRequest{RestaurantId: id})
	require.NoError(t, err)
}
