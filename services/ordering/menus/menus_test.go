package menus_test

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/problem"
	"tiffin/services/ordering/menus"
)

const patience = 30 * time.Second

// appender appends what it is given.
func appender(t *testing.T, log *eventlog.Log) func(id string, e *restaurantv1.RestaurantEvent) uint64 {
	a := eventlog.NewAggregate(log, func(n int, _ *restaurantv1.RestaurantEvent, _ eventlog.Meta) (int, error) { return n + 1, nil })
	return func(id string, e *restaurantv1.RestaurantEvent) uint64 {
		t.Helper()
		position, err := a.Execute(t.Context(), id, func(int) (*restaurantv1.RestaurantEvent, error) { return e, nil })
		require.NoError(t, err)
		return position
	}
}

func run(t *testing.T, m *menus.Menus) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	var g errgroup.Group
	g.Go(func() error { return m.Run(ctx) })
	return func() {
		t.Helper()
		cancel()
		require.NoError(t, g.Wait())
	}
}

func reached(t *testing.T, m *menus.Menus, position uint64) {
	t.Helper()
	require.Eventually(t, func() bool { return m.Ready() && m.Position() >= position }, patience, time.Millisecond)
}

func registered(name string) *restaurantv1.RestaurantEvent {
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantRegistered{
		RestaurantRegistered: &restaurantv1.RestaurantRegistered{Profile: &restaurantv1.Profile{Name: name}, CurrencyCode: "EUR"},
	}}
}

func put(id string) *restaurantv1.RestaurantEvent {
	return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_MenuItemPut{
		MenuItemPut: &restaurantv1.MenuItemPut{Item: &typev1.MenuItem{ItemId: id}},
	}}
}

func TestMenusFollowTheLog(t *testing.T) {
	log := eventlogtest.Log(t)
	m, add := menus.New(log, nil), appender(t, log)
	saffron, basil := ulid.Make().String(), ulid.Make().String()
	_, err := m.Of(saffron)
	require.Equal(t, problem.Unavailable, problem.From(err).Kind, "nothing is known before the log was read")

	stop := run(t, m)
	reached(t, m, 0) // an empty log is soon read
	unknown, err := m.Of(saffron)
	require.NoError(t, err)
	require.False(t, unknown.Registered)

	add(saffron, registered("Saffron"))
	last := add(saffron, put("dal"))
	reached(t, m, add(basil, registered("Basil")))
	menu, err := m.Of(saffron)
	require.NoError(t, err)
	require.Equal(t, "Saffron", menu.Profile.GetName())
	require.Contains(t, menu.Items, "dal")
	require.Equal(t, last, menu.Position, "the restaurant's own last event, not the log's")
	stop()

	after := add(saffron, put("naan"))
	defer run(t, m)()
	reached(t, m, after)
	now, err := m.Of(saffron)
	require.NoError(t, err)
	require.Len(t, now.Items, 2)
	require.Len(t, menu.Items, 1, "a menu that was read before stays as it was")
}

func TestAnEventThatCantBeReadStopsItsRestaurantOnly(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	m, add := menus.New(log, faults), appender(t, log)
	saffron, basil := ulid.Make().String(), ulid.Make().String()
	add(saffron, registered("Saffron"))
	require.NoError(t, nc.Publish("evt.restaurant."+saffron, []byte{0xff}))
	require.NoError(t, nc.Flush())
	last := add(basil, registered("Basil"))
	defer run(t, m)()
	reached(t, m, last)
	_, err = m.Of(saffron)
	require.Equal(t, "MENU_UNREADABLE", problem.From(err).Code)
	require.Equal(t, problem.Unavailable, problem.From(err).Kind)
	parked, err := faults.List(t.Context(), fault.Query{Kind: fault.Replica, Owner: "ordering", Name: "menus"}, "", 0)
	require.NoError(t, err)
	require.Len(t, parked, 1)
	menu, err := m.Of(basil)
	require.NoError(t, err)
	require.True(t, menu.Registered)
}
