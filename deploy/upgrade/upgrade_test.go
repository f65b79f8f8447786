package upgrade

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"tiffin/platform/fault"
)

// One replica after the other is replaced by one of the newer version, and then by one of the older again, while people order,
// read and watch through both, and the newer ordering service records events that the older BFF has never heard of.
func TestNobodyReadsAnythingOlderWhileReplicasAreReplacedAndTakenBack(t *testing.T) {
	h := newHouse(t)
	h.serve(t, 0, olderBFF)
	h.serve(t, 1, olderBFF)
	kept := h.comes(t)
	late, err := kept.places(t.Context())
	require.NoError(t, err)
	inBoth := func(postponed int, what string) {
		t.Helper()
		require.NoError(t, kept.has(t.Context(), late, h.postponed))
		for range 10 { // whichever answers
			o, err := kept.reads(t.Context(), late)
			require.NoError(t, err)
			require.Equal(t, postponed, o.postponed(), what)
		}
	}
	inBoth(0, "the older version goes on without what it doesn't know")
	c := h.crowd(t)

	c.meanwhile(t, 0, newerBFF)
	c.meanwhile(t, 1, newerBFF)
	inBoth(2, "the next version of the view, which knows the event, was built from the log")
	c.meanwhile(t, 0, olderBFF)
	c.meanwhile(t, 1, olderBFF)
	inBoth(0, "the older version is back")

	c.leave(t)
	older, _ := h.takeOrders(t, olderOrdering)
	_, err = h.cancel(t.Context(), older, late, "changed my mind")
	require.Equal(t, codes.Unavailable, status.Code(err), "the older version does nothing to what it doesn't know: %v", err)
	require.NoError(t, kept.has(t.Context(), late, h.cancelled))
	_, err = kept.reads(t.Context(), late)
	require.NoError(t, err)
	h.requireBothShapes(t, late)
	list, err := h.faults.List(t.Context(), fault.Query{}, "", 0)
	require.NoError(t, err)
	require.Empty(t, list)
}

func (h *house) comes(t *testing.T) *client {
	t.Helper()
	c, err := newClient(h)
	require.NoError(t, err)
	return c
}

// crowd is people who order and read, and one who waits for an order and watches it.
type crowd struct {
	*house
	people  *errgroup.Group
	over    context.Context
	stop    context.CancelFunc
	clients []*client
	watcher *watcher
}

func (h *house) crowd(t *testing.T) *crowd {
	t.Helper()
	c := &crowd{house: h}
	ctx, stop := context.WithCancel(t.Context())
	c.stop = stop
	c.people, c.over = errgroup.WithContext(ctx)
	t.Cleanup(func() {
		stop()
		_ = c.people.Wait() // where that says anything new, the test has failed already
	})
	for range 3 {
		one := h.comes(t)
		c.clients = append(c.clients, one)
		c.people.Go(func() error { return one.live(c.over) })
	}
	waiting := h.comes(t)
	id, err := waiting.places(t.Context())
	require.NoError(t, err)
	c.clients, c.watcher = append(c.clients, waiting), &watcher{of: waiting, id: id, story: waiting.stories[id], at: waiting.seen}
	c.people.Go(func() error { return waiting.waits(c.over, id) })
	c.people.Go(func() error { return c.watcher.watch(c.over) })
	return c
}

// meanwhile replaces a replica, and returns when what was recorded since was watched.
func (c *crowd) meanwhile(t *testing.T, replica int, version string) {
	t.Helper()
	c.serve(t, replica, version)
	now := c.watcher.story.length()
	require.Eventually(t, func() bool {
		return c.over.Err() != nil || c.watcher.shown.Load() > int64(now)
	}, patience, 10*time.Millisecond)
	require.NoError(t, context.Cause(c.over))
}

// leave has everybody leave, and requires that all of them had enough to do.
func (c *crowd) leave(t *testing.T) {
	t.Helper()
	c.stop()
	require.NoError(t, c.people.Wait())
	queries := 0
	for _, one := range c.clients {
		queries += one.queries
	}
	w := c.watcher
	t.Logf("%d answers; %d streams, with %d documents, of an order of %d entries", queries, w.streams, w.documents, w.story.length())
	require.Greater(t, queries, 200)
	require.GreaterOrEqual(t, w.streams, 3, "each replica was replaced beneath it")
}

// requireBothShapes requires that both versions of the view have the order, each in its own shape.
func (h *house) requireBothShapes(t *testing.T, id string) {
	t.Helper()
	db, err := mongo.Connect(options.Client().ApplyURI(h.database.URI()))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Disconnect(context.WithoutCancel(t.Context()))) }()
	for of, field := range map[int]string{version: "timeline", version + 1: "story"} {
		n, err := db.Database("customer").Collection(fmt.Sprintf("orders_v%d", of)).CountDocuments(t.Context(), bson.D{
			{Key: "_id", Value: id}, {Key: field, Value: bson.D{{Key: "$exists", Value: true}}},
		})
		require.NoError(t, err)
		require.EqualValues(t, 1, n, "version %d", of)
	}
}
