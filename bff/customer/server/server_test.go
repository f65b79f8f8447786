package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	"tiffin/bff/customer/couriers"
	"tiffin/bff/customer/menu"
	"tiffin/bff/customer/orders"
	"tiffin/bff/customer/places"
	"tiffin/bff/customer/popularity"
	"tiffin/bff/customer/profile"
	"tiffin/bff/customer/restaurants"
	"tiffin/bff/customer/server"
	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	domainv1 "tiffin/gen/tiffin/customer/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/bff"
	"tiffin/platform/bff/bfftest"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/location"
	"tiffin/platform/position"
	"tiffin/platform/problem"
	"tiffin/platform/view"
	"tiffin/platform/view/viewtest"
)

const (
	ann, bob = "01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2"
	kitchen  = "01ARZ3NDEKTSV4RRFFQ69G5FA3"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// ordering stands for the service behind; it records what arrives over the real wire.
type ordering struct {
	orderingv1.UnimplementedOrderingServiceServer
	placed    []*orderingv1.PlaceOrderRequest
	cancelled []eventlog.Command
	refusal   error
}

func (o *ordering) PlaceOrder(_ context.Context, r *orderingv1.PlaceOrderRequest) (*orderingv1.PlaceOrderResponse, error) {
	o.placed = append(o.placed, r)
	return &orderingv1.PlaceOrderResponse{Position: 41}, o.refusal
}

func (o *ordering) CancelOrder(ctx context.Context, _ *orderingv1.CancelOrderRequest) (*orderingv1.CancelOrderResponse, error) {
	o.cancelled = append(o.cancelled, eventlog.CommandFrom(ctx))
	if identity.FromContext(ctx).Subject != ann {
		return nil, errors.New("the caller was not forwarded")
	}
	return &orderingv1.CancelOrderResponse{Position: 40}, o.refusal
}

func verify(_ context.Context, token string) (identity.Caller, error) {
	if token != ann && token != bob {
		return identity.Caller{}, errors.New("unknown token")
	}
	return identity.Caller{Subject: token, Grants: []identity.Grant{{Role: identity.Customer, Resource: token}}}, nil
}

type house struct {
	bfftest.Face
	ordering    *ordering
	restaurants *viewtest.Stepped[restaurants.Document]
	menus       *viewtest.Stepped[menu.Document]
	popularity  *viewtest.Stepped[popularity.Document]
	orders      *viewtest.Stepped[orders.Document]
	profiles    *viewtest.Stepped[profile.Document]
	customers   *customers
	couriers    *viewtest.Stepped[couriers.Document]
	// moves are where couriers are; calm ends the pause after one.
	moves chan location.Position
	calm  chan time.Time
	beats chan time.Time
	clock *atomic.Pointer[time.Time]
}

func open(t testing.TB) house {
	t.Helper()
	h := house{
		ordering: &ordering{}, beats: make(chan time.Time), moves: make(chan location.Position), calm: make(chan time.Time),
		clock: &atomic.Pointer[time.Time]{}, couriers: viewtest.NewStepped(t, couriers.Spec()),
		restaurants: viewtest.NewStepped(t, restaurants.Spec()), menus: viewtest.NewStepped(t, menu.Spec()),
		popularity: viewtest.NewStepped(t, popularity.Spec()), orders: viewtest.NewStepped(t, orders.Spec()),
		profiles: viewtest.NewStepped(t, profile.Spec()), customers: &customers{},
	}
	h.clock.Store(&noon)
	where := places.New(func(ctx context.Context, handle func(location.Position), _ ...string) error {
		for {
			select {
			case p := <-h.moves:
				handle(p)
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}, slog.New(slog.DiscardHandler))
	watching, stopWatching := context.WithCancel(t.Context())
	watched := make(chan error, 1)
	go func() { watched <- where.Run(watching) }()
	t.Cleanup(func() {
		stopWatching()
		require.ErrorIs(t, <-watched, context.Canceled)
	})
	toDomain := bfftest.Behind(t, verify, func(r grpc.ServiceRegistrar) {
		orderingv1.RegisterOrderingServiceServer(r, h.ordering)
		domainv1.RegisterCustomerServiceServer(r, h.customers)
	})
	s, err := server.New(server.Options{
		Restaurants: h.restaurants, Menus: h.menus, Popularity: h.popularity, Orders: h.orders, Couriers: h.couriers, Places: where,
		Profiles: h.profiles, Customers: domainv1.NewCustomerServiceClient(toDomain),
		Ordering: orderingv1.NewOrderingServiceClient(toDomain), Now: func() time.Time { return *h.clock.Load() },
		Calm:      func() <-chan time.Time { return h.calm },
		Heartbeat: func() (<-chan time.Time, func()) { return h.beats, func() {} },
	})
	require.NoError(t, err)
	h.Face = bfftest.Serve(t, bfftest.Options{
		Audience: "customer", Verify: verify, File: customerv1.File_tiffin_bff_customer_v1_customer_proto,
		Register: func(r grpc.ServiceRegistrar) { customerv1.RegisterCustomerServiceServer(r, s) },
		Handler: func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error {
			return customerv1.RegisterCustomerServiceHandlerClient(ctx, mux, customerv1.NewCustomerServiceClient(conn))
		},
	})
	return h
}

// ask sends a request; headers come in pairs.
func (h house) ask(t *testing.T, method, path, caller, body string, headers ...string) *http.Response {
	t.Helper()
	return h.Ask(t, method, path, caller, body, headers...)
}

func read[T any](t *testing.T, r *http.Response) T { t.Helper(); return bfftest.Read[T](t, r) }

func orderID(n int) string { return fmt.Sprintf("01ARZ3NDEKTSV4RRFFQ69G5F%02d", n) }

func (h house) place(t testing.TB, n int, customer string) {
	t.Helper()
	eur := func(n int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: n} }
	h.orders.Apply(t, view.Event{
		Position: uint64(n), Domain: "ordering", AggregateID: orderID(n), Time: noon.Add(time.Duration(n/2) * time.Minute),
		Data: &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
			CustomerId: customer, RestaurantId: kitchen, RestaurantName: "Café", Subtotal: eur(1000), Total: eur(1250),
			Lines: []*orderingv1.OrderLine{{Name: "Dal", Quantity: 2, UnitPrice: eur(500), LineTotal: eur(1000)}},
			DeliveryAddress: &typev1.Personal{
				PersonId: customer, Data: &typev1.PersonalData{Text: "1 High St", Location: &typev1.Location{Latitude: 52.5, Longitude: 13.4}},
			},
		}}},
	})
}

func TestWhoMaySeeAnOrder(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	for name, c := range map[string]struct {
		caller, path string
		status       int
		code         string
	}{
		"nobody":         {"", "orders/" + orderID(1), 401, "UNAUTHENTICATED"},
		"a forged token": {"mallory", "orders/" + orderID(1), 401, "UNAUTHENTICATED"},
		"somebody else":  {bob, "orders/" + orderID(1), 403, "FORBIDDEN"},
		"unknown order":  {ann, "orders/" + orderID(2), 404, "ORDER_NOT_FOUND"},
		"watching too":   {bob, "orders/" + orderID(1) + ":watch", 403, "FORBIDDEN"},
		"no such path":   {ann, "nothing", 404, "NO_SUCH_PATH"},
		"bad page size":  {ann, "orders?page_size=-1", 400, "INVALID_ARGUMENT"},
		"bad page token": {ann, "orders?page_token=xx", 400, "INVALID_ARGUMENT"},
		"half a point":   {"", "restaurants?latitude=1", 400, "INVALID_ARGUMENT"},
		"unknown place":  {"", "restaurants/" + kitchen, 404, "RESTAURANT_NOT_FOUND"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := h.ask(t, http.MethodGet, c.path, c.caller, "")
			require.Equal(t, c.status, answer.StatusCode)
			require.Equal(t, problem.ContentType, answer.Header.Get("Content-Type"))
			require.Equal(t, c.code, read[problem.Document](t, answer).Code)
		})
	}
	answer := h.ask(t, http.MethodGet, "orders/"+orderID(1), ann, "")
	require.Equal(t, 200, answer.StatusCode)
	order := read[map[string]any](t, answer)
	require.Equal(t, "PLACED", order["status"])
	require.Equal(t, map[string]any{"currency_code": "EUR", "minor_units": "1250"}, order["total"])
	require.Equal(t, 405, h.ask(t, http.MethodDelete, "orders", ann, "").StatusCode)
	require.Equal(t, 200, h.ask(t, http.MethodGet, "openapi.json", "", "").StatusCode)
}

func TestHistoryPagesAreStable(t *testing.T) {
	h := open(t)
	for n := 1; n <= 5; n++ {
		h.place(t, n, ann)
	}
	h.place(t, 6, bob)
	type page struct {
		Orders []struct {
			OrderID string `json:"order_id"`
		}
		NextPageToken string `json:"next_page_token"`
	}
	var got []string
	token := ""
	for {
		p := read[page](t, h.ask(t, http.MethodGet, "orders?page_size=2&page_token="+token, ann, ""))
		for _, o := range p.Orders {
			got = append(got, o.OrderID)
		}
		if token = p.NextPageToken; token == "" {
			break
		}
		h.place(t, 10+len(got), ann) // newer than all: shifts nothing
	}
	require.Equal(t, []string{orderID(5), orderID(4), orderID(3), orderID(2), orderID(1)}, got)
}

func TestAnswersNeverGoBackwards(t *testing.T) {
	h := open(t)
	h.place(t, 7, ann)
	asked := position.Token{"ordering": 9, "kitchen": 3}
	answer := h.ask(t, http.MethodGet, "orders", ann, "", "Tiffin-Position", asked.Encode())
	require.Equal(t, "true", answer.Header.Get("Tiffin-Stale"))
	require.Equal(t, asked.Encode(), answer.Header.Get("Tiffin-Position"))
	answer = h.ask(t, http.MethodGet, "orders", ann, "", "Tiffin-Position", position.Token{"ordering": 5}.Encode())
	require.Empty(t, answer.Header.Get("Tiffin-Stale"))
	require.Equal(t, position.Token{"ordering": 7}.Encode(), answer.Header.Get("Tiffin-Position"))
	require.Equal(t, 400, h.ask(t, http.MethodGet, "orders", ann, "", "Tiffin-Position", "rubbish").StatusCode)
}

func TestCommandsCarryTheKeyOn(t *testing.T) {
	h := open(t)
	path := "orders/" + orderID(1) + ":cancel"
	answer := h.ask(t, http.MethodPost, path, ann, `{"reason":"late"}`, "Idempotency-Key", "k1")
	require.Equal(t, 200, answer.StatusCode)
	require.Equal(t, position.Token{"ordering": 40}.Encode(), answer.Header.Get("Tiffin-Position"))
	require.Equal(t, "k1", h.ordering.cancelled[0].ID)
	require.Equal(t, 200, h.ask(t, http.MethodPost, path, ann, `{"reason":"late"}`, "Idempotency-Key", "k1").StatusCode)
	require.Equal(t, 422, h.ask(t, http.MethodPost, path, ann, `{"reason":"other"}`, "Idempotency-Key", "k1").StatusCode)
	require.Len(t, h.ordering.cancelled, 2)
	require.Equal(t, h.ordering.cancelled[0], h.ordering.cancelled[1])

	require.Equal(t, 200, h.ask(t, http.MethodPost, path, ann, `{}`).StatusCode)
	require.Len(t, h.ordering.cancelled[2].ID, 26, "the server makes an id")
	h.ordering.refusal = problem.Refuse("ORDER_CLOSED", "too late")
	require.Equal(t, 409, h.ask(t, http.MethodPost, path, ann, `{}`, "Idempotency-Key", "k2").StatusCode)
	h.ordering.refusal = nil
	require.Equal(t, 200, h.ask(t, http.MethodPost, path, ann, `{"reason":"x"}`, "Idempotency-Key", "k2").StatusCode)
	require.Equal(t, 401, h.ask(t, http.MethodPost, path, "", `{}`).StatusCode)
	require.Equal(t, 400, h.ask(t, http.MethodPost, path, ann, `{"reas`).StatusCode)
	require.Equal(t, 413, h.ask(t, http.MethodPost, path, ann, strings.Repeat(" ", 1<<20+1)).StatusCode)
}

func TestWatchingAnOrder(t *testing.T) {
	h := open(t)
	h.place(t, 1, ann)
	answer := h.ask(t, http.MethodGet, "orders/"+orderID(1)+":watch", ann, "", "Accept", "application/json, text/event-stream;q=0.9")
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	lines := bufio.NewScanner(answer.Body)
	next := func(status string) {
		t.Helper()
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var order struct{ Status string }
				require.NoError(t, json.Unmarshal([]byte(data), &order))
				if order.Status == status {
					return
				}
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
	}
	next("PLACED")
	h.orders.Apply(t, view.Event{
		Position: 2, Domain: "ordering", AggregateID: orderID(1), Time: noon,
		Data: &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{}}},
	})
	next("CONFIRMED")
	resumed := h.ask(t, http.MethodGet, "orders/"+orderID(1)+":watch", ann, "", "Last-Event-ID", position.Token{"ordering": 9}.Encode())
	require.Equal(t, "true", resumed.Header.Get("Tiffin-Stale"))
	lines = bufio.NewScanner(resumed.Body)
	require.True(t, lines.Scan())
	require.Equal(t, "id: "+position.Token{"ordering": 9}.Encode(), lines.Text())
	require.True(t, lines.Scan())
	require.Equal(t, "event: stale", lines.Text())
	next("CONFIRMED")
}

// What runs in production is what the server asks for.
var (
	_ bff.View[orders.Document]      = (*view.View[orders.Document])(nil)
	_ bff.View[restaurants.Document] = (*view.View[restaurants.Document])(nil)
	_ bff.View[menu.Document]        = (*view.View[menu.Document])(nil)
	_ bff.View[couriers.Document]    = (*view.View[couriers.Document])(nil)
)
