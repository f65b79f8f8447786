package processes

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
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
)

const patience = 30 * time.Second

// programs is where TestMain has built them.
var programs string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "processes-*")
	if err != nil {
		panic(err)
	}
	programs = dir
	build := exec.Command("go", "build", "-o", dir+"/", "tiffin/services/restaurant/cmd/restaurant", "tiffin/services/ordering/cmd/ordering", "tiffin/bff/customer/cmd/customer")
	build.Stderr = os.Stderr
	code := 1
	if err := build.Run(); err == nil {
		code = m.Run()
	}
	_ = os.RemoveAll(dir) // what is left of it is the system's
	os.Exit(code)
}

// process is a program that runs.
type process struct {
	*exec.Cmd
	said *bytes.Buffer
}

// start runs a program with settings of its own and nothing else of ours.
func start(t *testing.T, name string, settings ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(filepath.Join(programs, name)), said: &bytes.Buffer{}}
	p.Env, p.Dir, p.Stderr = append([]string{"PATH=" + os.Getenv("PATH")}, settings...), t.TempDir(), p.said
	require.NoError(t, p.Start())
	t.Cleanup(func() {
		if p.ProcessState == nil {
			require.NoError(t, p.Process.Signal(syscall.SIGTERM))
			require.NoError(t, p.Wait(), "%s said %s", name, p.said)
		}
	})
	return p
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	return l.Addr().String()
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

// customer is who calls the BFF.
type customer struct{ url, token string }

func (c customer) call(ctx context.Context, method, path, position string, body, into any) (*http.Response, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.url+path, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	if position != "" {
		r.Header.Set("Tiffin-Position", position)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	return answer, json.NewDecoder(answer.Body).Decode(into)
}

func TestOrdersAreTakenAndMenusReadWithoutTheRestaurantService(t *testing.T) {
	data := t.TempDir()
	issuer, err := identity.NewIssuer(data, time.Now)
	require.NoError(t, err)
	shared := []string{"TIFFIN_DATA_DIR=" + data, "TIFFIN_NATS_URL=" + hubtest.Server(t).URL()}
	restaurants, orders, web := free(t), free(t), free(t)
	restaurant := start(t, "restaurant", append(shared, "TIFFIN_GRPC_ADDR="+restaurants)...)
	start(t, "ordering", append(shared, "TIFFIN_GRPC_ADDR="+orders)...)
	start(t, "customer", append(shared,
		"TIFFIN_HTTP_ADDR="+web, "TIFFIN_ORDERING_ADDR="+orders, "TIFFIN_MONGODB_URI="+database(t))...)
	serving(t, restaurants, "tiffin.restaurant.v1.RestaurantService")
	serving(t, orders, "tiffin.ordering.v1.OrderingService")

	place, item := newID(), newID()
	position := openRestaurant(t, issuer, dial(t, restaurants), place, item)
	require.NoError(t, restaurant.Process.Kill())
	require.Error(t, restaurant.Wait())

	person := newID()
	token, err := issuer.Issue(identity.Caller{Subject: person, Grants: []identity.Grant{{Role: identity.Customer, Resource: person}}})
	require.NoError(t, err)
	c := customer{url: "http://" + web + "/api/customer/v1", token: token}
	require.Eventually(t, func() bool {
		var menu struct{ Sections []any }
		_, err := c.call(t.Context(), http.MethodGet, "/restaurants/"+place, "", nil, &menu)
		return err == nil && len(menu.Sections) == 1
	}, patience, 20*time.Millisecond, "the menu at %d", position)

	for range 3 {
		id := newID()
		body := map[string]any{
			"order_id": id, "restaurant_id": place, "items": []any{map[string]any{"item_id": item, "quantity": 2}},
			"delivery_address": map[string]any{"line": "Torstr. 1", "latitude": 52.53, "longitude": 13.4},
			"expected_total":   map[string]any{"currency_code": "EUR", "minor_units": "2150"},
		}
		var at string
		// Ordering may still be reading the menu.
		require.Eventually(t, func() bool {
			var said any
			answer, err := c.call(t.Context(), http.MethodPost, "/orders", "", body, &said)
			if err != nil || answer.StatusCode != http.StatusOK {
				t.Log(said, err)
				return false
			}
			at = answer.Header.Get("Tiffin-Position")
			return true
		}, patience, 100*time.Millisecond)
		require.NotEmpty(t, at)
		var order struct {
			Status string `json:"status"`
			Total  struct {
				MinorUnits string `json:"minor_units"`
			} `json:"total"`
		}
		answer, err := c.call(t.Context(), http.MethodGet, "/orders/"+id, at, nil, &order)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		require.Empty(t, answer.Header.Get("Tiffin-Stale"))
		require.Equal(t, "PLACED 2150", fmt.Sprint(order.Status, " ", order.Total.MinorUnits))
	}
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
func openRestaurant(t *testing.T, issuer *identity.Issuer, conn *grpc.ClientConn, id, item string) uint64 {
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
	opened, err := client.OpenRestaurant(ctx, &restaurantv1.OpenRestaurantRequest{RestaurantId: id})
	require.NoError(t, err)
	return opened.GetPosition()
}
