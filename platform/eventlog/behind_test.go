package eventlog_test

import (
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
)

func TestBehindCountsTheEventsOfTheDomainsAfterAPosition(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	orders, ordering, restaurant := newTallies(log), &orderingv1.OrderEvent{}, &restaurantv1.RestaurantEvent{}
	behind := func(after uint64, domains ...proto.Message) uint64 {
		t.Helper()
		n, err := log.Behind(t.Context(), after, domains...)
		require.NoError(t, err)
		return n
	}
	require.Zero(t, behind(0, ordering))
	for range 3 {
		_, err := orders.Create(t.Context(), ulid.Make().String(), say("late"))
		require.NoError(t, err)
	}
	_, err := nc.Request("evt.restaurant."+ulid.Make().String(), nil, 10*time.Second)
	require.NoError(t, err)
	_, err = orders.Create(t.Context(), ulid.Make().String(), say("late"))
	require.NoError(t, err)
	require.EqualValues(t, 4, behind(0, ordering))
	require.EqualValues(t, 2, behind(2, ordering))
	require.EqualValues(t, 3, behind(2, ordering, restaurant))
	require.Zero(t, behind(4, restaurant))
	require.Zero(t, behind(5, ordering, restaurant))
	require.Zero(t, behind(500, ordering))
}
