package server_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/reflect/protoreflect"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rpc"
	"tiffin/services/restaurant/server"
)

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

func client(t *testing.T) restaurantv1.RestaurantServiceClient {
	t.Helper()
	grpcServer, err := rpc.NewServer(rpc.ServerOptions{
		Verify: verify, Files: []protoreflect.FileDescriptor{restaurantv1.File_tiffin_restaurant_v1_service_proto},
	})
	require.NoError(t, err)
	server.New(eventlogtest.Log(t), time.Now).Register(grpcServer)
	conn, closed, err := rpc.InProcess(grpcServer, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		grpcServer.Stop()
	})
	return restaurantv1.NewRestaurantServiceClient(conn)
}

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

func profile(name string) *restaurantv1.Profile {
	return &restaurantv1.Profile{
		Name: name, Cuisines: []string{"indian"}, Address: "Torstr. 1", PreparationMinutes: 20,
		Location: &typev1.Location{Latitude: 52.53, Longitude: 13.4},
	}
}

func registration(id string) *restaurantv1.RegisterRestaurantRequest {
	return &restaurantv1.RegisterRestaurantRequest{
		RestaurantId: id, CurrencyCode: "EUR", Profile: profile("Saffron"), Hours: &typev1.OpeningHours{TimeZone: "Europe/Berlin"},
		DeliveryTerms: &restaurantv1.DeliveryTerms{RadiusMeters: 3000, Fee: eur(250), MinimumOrder: eur(1000)},
	}
}

func requireCode(t *testing.T, err error, kind problem.Kind, code string) {
	t.Helper()
	p := problem.From(err)
	require.NotNil(t, p)
	require.Equal(t, code, p.Code, p.Detail)
	require.Equal(t, kind, p.Kind)
}

func TestEveryCommandReachesTheLog(t *testing.T) {
	c, id, itemID := client(t), ulid.Make().String(), ulid.Make().String()
	ctx := as(t, identity.Restaurant, id)
	registered, err := c.RegisterRestaurant(ctx, registration(id))
	require.NoError(t, err)
	last := registered.GetPosition()
	require.NotZero(t, last)
	later := func(r interface{ GetPosition() uint64 }, err error) {
		t.Helper()
		require.NoError(t, err)
		require.Greater(t, r.GetPosition(), last)
		last = r.GetPosition()
	}
	item := &typev1.MenuItem{ItemId: itemID, Name: "Dal", Section: "Mains", Price: eur(890)}
	later(c.ChangeProfile(ctx, &restaurantv1.ChangeProfileRequest{RestaurantId: id, Profile: profile("Basil")}))
	later(c.ChangeHours(ctx, &restaurantv1.ChangeHoursRequest{RestaurantId: id, Hours: &typev1.OpeningHours{TimeZone: "UTC"}}))
	later(c.ChangeDeliveryTerms(ctx, &restaurantv1.ChangeDeliveryTermsRequest{RestaurantId: id, DeliveryTerms: &restaurantv1.DeliveryTerms{
		RadiusMeters: 1, Fee: eur(0), MinimumOrder: eur(0),
	}}))
	later(c.PutMenuItem(ctx, &restaurantv1.PutMenuItemRequest{RestaurantId: id, Item: item}))
	later(c.MarkSoldOut(ctx, &restaurantv1.MarkSoldOutRequest{RestaurantId: id, ItemId: itemID}))
	later(c.MarkBack(ctx, &restaurantv1.MarkBackRequest{RestaurantId: id, ItemId: itemID}))
	later(c.RemoveMenuItem(ctx, &restaurantv1.RemoveMenuItemRequest{RestaurantId: id, ItemId: itemID}))
	later(c.OpenRestaurant(ctx, &restaurantv1.OpenRestaurantRequest{RestaurantId: id}))
	later(c.PauseRestaurant(ctx, &restaurantv1.PauseRestaurantRequest{RestaurantId: id, Reason: "Too busy"}))

	again, err := c.PauseRestaurant(ctx, &restaurantv1.PauseRestaurantRequest{RestaurantId: id, Reason: "Too busy"})
	require.NoError(t, err)
	require.Equal(t, last, again.GetPosition(), "a repeat appends nothing")
	_, err = c.RegisterRestaurant(ctx, registration(id))
	requireCode(t, err, problem.Refused, "RESTAURANT_EXISTS")
}

func TestARepeatedCommandAnswersAsTheFirst(t *testing.T) {
	c, id := client(t), ulid.Make().String()
	ctx := as(t, identity.Restaurant, id)
	first, err := c.RegisterRestaurant(eventlog.WithCommand(ctx, eventlog.Command{ID: "register"}), registration(id))
	require.NoError(t, err)
	_, err = c.OpenRestaurant(ctx, &restaurantv1.OpenRestaurantRequest{RestaurantId: id})
	require.NoError(t, err)
	again, err := c.RegisterRestaurant(eventlog.WithCommand(ctx, eventlog.Command{ID: "register"}), registration(id))
	require.NoError(t, err)
	require.Equal(t, first.GetPosition(), again.GetPosition())

	other := registration(id)
	other.Profile.Name = "Basil"
	_, err = c.RegisterRestaurant(eventlog.WithCommand(ctx, eventlog.Command{ID: "register"}), other)
	requireCode(t, err, problem.KeyReused, "IDEMPOTENCY_KEY_REUSED")
}

func TestWhoMayCommandARestaurant(t *testing.T) {
	c, id, other := client(t), ulid.Make().String(), ulid.Make().String()
	_, err := c.RegisterRestaurant(as(t, identity.Service, identity.Any), registration(id))
	require.NoError(t, err)
	open := &restaurantv1.OpenRestaurantRequest{RestaurantId: id}
	_, err = c.OpenRestaurant(t.Context(), open)
	requireCode(t, err, problem.Unauthenticated, "UNAUTHENTICATED")
	_, err = c.RegisterRestaurant(t.Context(), registration(other))
	requireCode(t, err, problem.Unauthenticated, "UNAUTHENTICATED")
	for _, stranger := range []context.Context{as(t, identity.Restaurant, other), as(t, identity.Customer, id), as(t, identity.Courier, identity.Any)} {
		_, err = c.OpenRestaurant(stranger, open)
		requireCode(t, err, problem.Forbidden, "FORBIDDEN")
	}
	_, err = c.OpenRestaurant(as(t, identity.Operations, identity.Any), open)
	require.NoError(t, err)
	_, err = c.OpenRestaurant(as(t, identity.Restaurant, other), &restaurantv1.OpenRestaurantRequest{RestaurantId: other})
	requireCode(t, err, problem.NotFound, "RESTAURANT_NOT_FOUND")
}
