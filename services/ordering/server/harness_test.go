package server_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
	"tiffin/services/ordering/server"
)

const patience = 30 * time.Second

// noon is a Monday's, when Saffron is open.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func idAt(t time.Time) string { return ulid.MustNew(ulid.Timestamp(t), rand.Reader).String() }

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

// verify takes a token for what it says: a role and a resource.
func verify(_ context.Context, token string) (identity.Caller, error) {
	role, resource, ok := strings.Cut(token, ":")
	if !ok {
		return identity.Caller{}, errors.New("no role in the token")
	}
	return identity.Caller{
		Subject: token, Grants: []identity.Grant{{Role: identity.Role(role), Resource: resource}}, Token: token,
	}, nil
}

func as(t *testing.T, role identity.Role, resource string) context.Context {
	return identity.NewContext(t.Context(), identity.Caller{Token: string(role) + ":" + resource})
}

func requireCode(t *testing.T, err error, kind problem.Kind, code string) {
	t.Helper()
	p := problem.From(err)
	require.NotNil(t, p)
	require.Equal(t, code, p.Code, p.Detail)
	require.Equal(t, kind, p.Kind)
}

// house is a running ordering service, and Saffron with its one dish on the log.
type house struct {
	log             *eventlog.Log
	server          *server.Server
	client          orderingv1.OrderingServiceClient
	restaurants     *eventlog.Aggregate[int, *restaurantv1.RestaurantEvent]
	restaurant, dal string
	menuAt          uint64
}

func start(t *testing.T) *house {
	t.Helper()
	now := func() time.Time { return noon }
	log := eventlogtest.Log(t, func(o *eventlog.Options) { o.Now = now })
	h := &house{
		log: log, server: server.New(log, nil, now), restaurant: idAt(noon), dal: idAt(noon),
		restaurants: eventlog.NewAggregate(log, func(n int, _ *restaurantv1.RestaurantEvent, _ eventlog.Meta) (int, error) { return n, nil }),
	}
	require.False(t, h.server.Ready())
	h.run(t)
	h.connect(t)
	h.append(t, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{
		RestaurantRegistered: &restaurantv1.RestaurantRegistered{
			Profile: &restaurantv1.Profile{Name: "Saffron", Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4}},
			Hours: &typev1.OpeningHours{TimeZone: "UTC", Windows: []*typev1.OpeningWindow{
				{Weekday: typev1.Weekday_WEEKDAY_MONDAY, OpensMinute: 660, ClosesMinute: 1380},
			}},
			DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: eur(250), MinimumOrder: eur(1000)}, CurrencyCode: "EUR",
		},
	}})
	h.append(t, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemPut{MenuItemPut: &restaurantv1.MenuItemPut{
		Item: &typev1.MenuItem{ItemId: h.dal, Name: "Dal", Price: eur(900)},
	}}})
	h.append(t, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantOpened{
		RestaurantOpened: &restaurantv1.RestaurantOpened{},
	}})
	return h
}

func (h *house) run(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var g errgroup.Group
	g.Go(func() error { return h.server.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		require.NoError(t, g.Wait())
	})
}

func (h *house) connect(t *testing.T) {
	t.Helper()
	grpcServer, err := rpc.NewServer(rpc.ServerOptions{
		Verify: verify, Files: []protoreflect.FileDescriptor{orderingv1.File_tiffin_ordering_v1_service_proto},
	})
	require.NoError(t, err)
	h.server.Register(grpcServer)
	conn, closed, err := rpc.InProcess(grpcServer, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		grpcServer.Stop()
	})
	h.client = orderingv1.NewOrderingServiceClient(conn)
}

// append adds an event of the restaurant and waits until ordering has heard of it.
func (h *house) append(t *testing.T, e *restaurantv1.RestaurantEvent) {
	t.Helper()
	position, err := h.restaurants.Execute(t.Context(), h.restaurant, func(int) (*restaurantv1.RestaurantEvent, error) { return e, nil })
	require.NoError(t, err)
	h.menuAt = position
	require.Eventually(t, func() bool { return h.server.Ready() && h.server.MenuPosition() >= position }, patience, time.Millisecond)
}

func (h *house) pause(t *testing.T) {
	t.Helper()
	h.append(t, &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{
		RestaurantPaused: &restaurantv1.RestaurantPaused{},
	}})
}

// order is two dals: 18.00, and 2.50 for delivery.
func (h *house) order() *orderingv1.PlaceOrderRequest {
	return &orderingv1.PlaceOrderRequest{
		OrderId: idAt(noon), CustomerId: idAt(noon), RestaurantId: h.restaurant, ExpectedTotal: eur(2050),
		Items:           []*orderingv1.OrderedItem{{ItemId: h.dal, Quantity: 2, Note: "No onions"}},
		DeliveryAddress: &orderingv1.DeliveryAddress{Line: "Torstr. 1", Latitude: 52.53, Longitude: 13.4},
	}
}

// first is the first order event of the log, as a reader gets it.
func (h *house) first(t *testing.T) *orderingv1.OrderEvent {
	t.Helper()
	found := errors.New("found")
	var first *orderingv1.OrderEvent
	err := h.log.Follow(t.Context(), eventlog.FollowOptions{Domains: []proto.Message{&orderingv1.OrderEvent{}}},
		func(_ context.Context, b eventlog.Batch) error {
			if len(b.Events) == 0 {
				return nil
			}
			require.NoError(t, b.Events[0].Err)
			first, _ = b.Events[0].Data.(*orderingv1.OrderEvent)
			return found
		})
	require.ErrorIs(t, err, found)
	return first
}
