package main

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	customerv1 "tiffin/gen/tiffin/customer/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/cell"
	"tiffin/platform/eventlog"
	"tiffin/platform/host"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/run"
	"tiffin/platform/seal"
	courierserver "tiffin/services/courier/server"
	customerserver "tiffin/services/customer/server"
	restaurantserver "tiffin/services/restaurant/server"
)

// cut counts the commands, and gives up on them after so many; 0: never.
type cut struct {
	grpc.ClientConnInterface
	after int64
	sent  atomic.Int64
}

var errCut = errors.New("cut")

func (c *cut) Invoke(ctx context.Context, method string, args, reply any, o ...grpc.CallOption) error {
	if n := c.sent.Add(1); c.after > 0 && n > c.after {
		return errCut
	}
	return c.ClientConnInterface.Invoke(ctx, method, args, reply, o...)
}

// seededOnce is one start with the data directory and the hub at the URL (none: embedded), as far as seeding is concerned.
// It returns how many commands were sent, and where the last event of the city stands in the log then.
func seededOnce(t *testing.T, dir, url string, now time.Time, cutAfter int64) (sent int64, events uint64, err error) {
	t.Helper()
	return seededAt(t, dir, url, now, time.Now, cutAfter)
}

// seededAt is seededOnce where it is another time for the services, too.
func seededAt(t *testing.T, dir, url string, now time.Time, clock func() time.Time, cutAfter int64) (sent int64, events uint64, err error) {
	t.Helper()
	environ := []string{"TIFFIN_DATA_DIR=" + dir, "TIFFIN_SYNC=lazy", "TIFFIN_DEMO_COURIERS=4"}
	if url != "" {
		environ = []string{"TIFFIN_DATA_DIR=" + dir, "TIFFIN_NATS_URL=" + url, "TIFFIN_DEMO_COURIERS=4"}
	}
	s, err := run.Parse[settings](environ)
	require.NoError(t, err)
	g := run.NewGroup(t.Context(), run.StopWithin)
	defer func() { require.NoError(t, g.Stop(nil)) }()
	c, err := cell.Local(g, "test", s.LocalSettings)
	require.NoError(t, err)
	keys, err := seal.NewKeys(t.Context(), c.NATS, 1)
	require.NoError(t, err)
	c.Log, err = eventlog.Open(t.Context(), c.NATS, eventlog.Options{Keys: keys, Now: clock})
	require.NoError(t, err)
	services := host.NewServices(g, c)
	services.Add(restaurantserver.Service(c.Log, clock))
	services.Add(courierserver.Service(c.Log, clock))
	services.Add(customerserver.Service(c.Log, c.Keys))
	require.NoError(t, services.Start())
	seeded, err := newSeeding(t.Context(), s, c.Log, now)
	require.NoError(t, err)
	conn := &cut{ClientConnInterface: services.Conn, after: cutAfter}
	fault := seeded.run(t.Context(), c.Issuer, conn)
	// Nobody else is in the log.
	events, err = c.Log.LastPosition(t.Context(), &restaurantv1.RestaurantEvent{}, &courierv1.CourierEvent{}, &customerv1.CustomerEvent{})
	require.NoError(t, err)
	return conn.sent.Load(), events, fault
}

func TestALaterStartSeedsNothing(t *testing.T) {
	dir := t.TempDir()
	all, events, err := seededOnce(t, dir, "", time.Now(), 0)
	require.NoError(t, err)
	require.EqualValues(t, all, events)
	sent, events, err := seededOnce(t, dir, "", time.Now(), 0)
	require.NoError(t, err)
	require.Zero(t, sent)
	require.EqualValues(t, all, events)

	// The directory goes to another hub, and back.
	other := hubtest.Server(t).URL()
	sent, _, err = seededOnce(t, dir, other, time.Now(), 100)
	require.ErrorIs(t, err, errCut)
	require.Positive(t, sent)
	sent, events, err = seededOnce(t, dir, other, time.Now(), 0)
	require.NoError(t, err)
	require.Equal(t, all, sent, "a hub without the whole city needs all of it")
	require.EqualValues(t, all, events, "and nothing twice")
	sent, _, err = seededOnce(t, dir, other, time.Now(), 0)
	require.NoError(t, err)
	require.Zero(t, sent)
}

func TestAnInterruptedSeedingGoesOn(t *testing.T) {
	dir := t.TempDir()
	_, some, err := seededOnce(t, dir, "", time.Now(), 100)
	require.ErrorIs(t, err, errCut)
	require.Positive(t, some)
	sent, events, err := seededOnce(t, dir, "", time.Now(), 0)
	require.NoError(t, err)
	require.Greater(t, events, some)
	require.EqualValues(t, sent, events, "one event a command, whichever start sent it")
}

func TestASeedingThatWasInterruptedDaysAgoGoesOn(t *testing.T) {
	dir := t.TempDir()
	for days := 4; days > 0; days-- { // some join each day
		then := time.Now().AddDate(0, 0, -days)
		_, _, err := seededAt(t, dir, "", then, func() time.Time { return then }, int64(200-40*days))
		require.ErrorIs(t, err, errCut)
	}
	sent, events, err := seededOnce(t, dir, "", time.Now(), 0)
	require.NoError(t, err)
	require.EqualValues(t, sent, events, "one event a command: whoever had joined went on under the id that they had")
	sent, _, err = seededOnce(t, dir, "", time.Now(), 0)
	require.NoError(t, err)
	require.Zero(t, sent)
}

func TestAnEmptyLogIsGivenACityOfToday(t *testing.T) {
	dir := t.TempDir()
	_, _, err := seededOnce(t, dir, "", time.Now().AddDate(0, 0, -3), 0)
	require.ErrorContains(t, err, "within 24 hours")
	_, _, err = seededOnce(t, dir, "", time.Now(), 0)
	require.NoError(t, err)
}
