package lake_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	restaurantv1 "tiffin/gen/tiffin/restaurant/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/lake"
	"tiffin/platform/lake/export"
	"tiffin/platform/lake/manifest"
	"tiffin/platform/lake/store"
	"tiffin/platform/seal"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// The janitor of an expiring cache has no end.
		goleak.IgnoreAnyFunction("github.com/hashicorp/golang-lru/v2/expirable.NewLRU[...].func1"),
		// A map of the embedded hub's own that lives as long as the process.
		goleak.IgnoreTopFunction("github.com/nats-io/nats-server/v2/server.init.0.func1"))
}

const age = 7 * 24 * time.Hour

var (
	order      = &orderingv1.OrderEvent{}
	restaurant = &restaurantv1.RestaurantEvent{}
	both       = []proto.Message{order, restaurant}
)

// facts are an aggregate as tests fold it: the positions of its events.
type facts []uint64

// fact is an event as it was appended.
type fact struct {
	position uint64
	domain   string
	id       string
}

// cell is a log with a lake, and all that was ever appended to it.
type cell struct {
	t           require.TestingT
	ctx         context.Context
	nc          *nats.Conn
	keys        seal.Keys
	now         time.Time
	dir         store.Store
	lake        *lake.Lake
	log         *eventlog.Log
	orders      *eventlog.Aggregate[facts, *orderingv1.OrderEvent]
	restaurants *eventlog.Aggregate[facts, *restaurantv1.RestaurantEvent]
	all         []fact
	// atOnce bounds one export: few, so that there are several.
	atOnce int
}

func newCell(t *testing.T) *cell {
	return cellOn(t.Context(), t, hubtest.Connect(t), store.Dir(t.TempDir()))
}

func cellOn(ctx context.Context, t require.TestingT, nc *nats.Conn, files store.Store) *cell {
	c := &cell{t: t, ctx: ctx, nc: nc, dir: files, keys: seal.Memory(), atOnce: 7, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	c.open()
	return c
}

// open opens everything as another process would.
func (c *cell) open() {
	var err error
	c.lake, err = lake.Open(c.ctx, c.nc, c.dir, manifest.Options{})
	require.NoError(c.t, err)
	c.log, err = eventlog.Open(c.ctx, c.nc, eventlog.Options{Keys: c.keys, Lake: c.lake, Now: func() time.Time { return c.now }})
	require.NoError(c.t, err)
	c.orders = eventlog.NewAggregate(c.log, func(f facts, _ *orderingv1.OrderEvent, m eventlog.Meta) (facts, error) {
		return append(f[:len(f):len(f)], m.Position), nil
	})
	c.restaurants = eventlog.NewAggregate(c.log, func(f facts, _ *restaurantv1.RestaurantEvent, m eventlog.Meta) (facts, error) {
		return append(f[:len(f):len(f)], m.Position), nil
	})
}

func (c *cell) id() string {
	return ulid.MustNew(ulid.Timestamp(c.now), ulid.DefaultEntropy()).String()
}

func placed() *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{}}}
}

func confirmed() *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{OrderConfirmed: &orderingv1.OrderConfirmed{}}}
}

func completed() *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCompleted{OrderCompleted: &orderingv1.OrderCompleted{}}}
}

// append appends to an order, and checks that what it was decided on in the end is all there ever was.
func (c *cell) append(id string, e *orderingv1.OrderEvent) {
	var on facts
	position, err := c.orders.Execute(c.ctx, id, func(f facts) (*orderingv1.OrderEvent, error) {
		on = f
		return proto.CloneOf(e), nil
	})
	require.NoError(c.t, err)
	require.Equal(c.t, c.of("ordering", id), on)
	c.all = append(c.all, fact{position: position, domain: "ordering", id: id})
}

// pause appends to a restaurant, which never closes.
func (c *cell) pause(id string) {
	position, err := c.restaurants.Execute(c.ctx, id, func(f facts) (*restaurantv1.RestaurantEvent, error) {
		require.Equal(c.t, c.of("restaurant", id), f)
		return &restaurantv1.RestaurantEvent{Event: &restaurantv1.RestaurantEvent_RestaurantPaused{RestaurantPaused: &restaurantv1.RestaurantPaused{}}}, nil
	})
	require.NoError(c.t, err)
	c.all = append(c.all, fact{position: position, domain: "restaurant", id: id})
}

// of are the positions of all that was appended to an aggregate.
func (c *cell) of(domain, id string) (out facts) {
	for _, f := range c.all {
		if f.domain == domain && f.id == id {
			out = append(out, f.position)
		}
	}
	return out
}

// behind are all facts of the domains behind a position.
func (c *cell) behind(after uint64, domains ...proto.Message) (out []fact) {
	for _, f := range c.all {
		for _, d := range domains {
			if f.position > after && f.domain == eventlog.DomainOf(d) {
				out = append(out, f)
			}
		}
	}
	return out
}

var errCaughtUp = errors.New("caught up")

// follow reads the log to its end; between is called after each batch.
func (c *cell) follow(after uint64, between func(), domains ...proto.Message) (out []fact) {
	err := c.log.Follow(c.ctx, eventlog.FollowOptions{After: after, Domains: domains, MaxBatch: 5}, func(_ context.Context, b eventlog.Batch) error {
		for _, e := range b.Events {
			if e.Err != nil {
				return fmt.Errorf("event %d: %w", e.Position, e.Err)
			}
			out = append(out, fact{position: e.Position, domain: e.Domain, id: e.AggregateID})
		}
		if b.Pending == 0 {
			return errCaughtUp
		}
		between()
		return nil
	})
	require.ErrorIs(c.t, err, errCaughtUp)
	return out
}

var errKilled = errors.New("killed")

// export runs an export that is killed before it takes a step for the nth time; negative: never.
func (c *cell) export(steps int) error {
	taken := 0
	x, err := export.New(export.Options{
		NATS: c.nc, Lake: c.lake, Domains: both, Age: age, Now: func() time.Time { return c.now }, AtOnce: c.atOnce, Logger: slog.New(slog.DiscardHandler),
		Taking: func(string) error {
			if taken == steps {
				return errKilled
			}
			taken++
			return nil
		},
	})
	require.NoError(c.t, err)
	_, err = x.Run(c.ctx)
	return err
}

// inHub is how many events the hub has.
func (c *cell) inHub() uint64 {
	js, err := jetstream.New(c.nc)
	require.NoError(c.t, err)
	s, err := js.Stream(c.ctx, eventlog.Stream)
	require.NoError(c.t, err)
	return s.CachedInfo().State.Msgs
}

type (
	orderEvent   = orderingv1.OrderEvent
	protoMessage = proto.Message
)
