package view

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/mongolite/mongotest"
	"tiffin/platform/position"
)

// cell is a real log and a real database.
type cell struct {
	*testing.T
	nc     *nats.Conn
	log    *eventlog.Log
	db     *mongo.Database
	orders *eventlog.Aggregate[struct{}, *orderingv1.OrderEvent]
	faults *fault.Store
	// release of the view that runs next.
	release release
}

func newCell(t *testing.T) *cell { return cellOn(t, hubtest.Connect(t), mongotest.Database(t)) }

func cellOn(t *testing.T, nc *nats.Conn, db *mongo.Database) *cell {
	log := eventlogtest.On(t, nc)
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	return &cell{T: t, nc: nc, log: log, db: db, faults: faults, orders: eventlog.NewAggregate(log,
		func(s struct{}, _ *orderingv1.OrderEvent, _ eventlog.Meta) (struct{}, error) { return s, nil })}
}

func (c *cell) append(ctx context.Context, order string, e *orderingv1.OrderEvent) uint64 {
	c.Helper()
	at, err := c.orders.Execute(ctx, order, func(struct{}) (*orderingv1.OrderEvent, error) { return e, nil })
	require.NoError(c, err)
	return at
}

// run starts a replica, and returns how to stop it.
func (c *cell) run(options ...func(*Options)) (*View[trail], func()) {
	c.Helper()
	o := Options{BFF: "customer", NATS: c.nc, Faults: c.faults, Stale: marks, Logger: slog.New(slog.DiscardHandler), WaitBound: 30 * time.Second, LeaseTTL: 2 * time.Second}
	for _, set := range options {
		set(&o)
	}
	v, err := New(c.log, c.db, trails("trails", &c.release), o)
	require.NoError(c, err)
	ctx, cancel := context.WithCancel(c.Context())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	stop := func() {
		if cancel != nil {
			cancel()
			cancel = nil
			require.ErrorIs(c, <-ended, context.Canceled)
		}
	}
	c.Cleanup(stop)
	return v, stop
}

// until waits for the view's state to satisfy a condition.
func until(t *testing.T, v *View[trail], what string, ok func(Status) bool) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		v.mu.Lock()
		moved := v.moved
		v.mu.Unlock()
		if ok(v.Status()) {
			return
		}
		select {
		case <-moved:
		case <-late:
			t.Fatalf("never %s: %+v", what, v.Status())
		}
	}
}

func at(sequence uint64) position.Token {
	return position.Token{"ordering": sequence, "restaurant": 1 << 40}
}

func requireCurrent(t *testing.T, v *View[trail], sequence uint64) {
	t.Helper()
	stale, err := v.WaitFor(t.Context(), at(sequence))
	require.NoError(t, err)
	require.False(t, stale, "%+v", v.Status())
	require.True(t, v.Seen().Covers(position.Token{"ordering": sequence}))
}

func TestReadYourWrites(t *testing.T) {
	c := newCell(t)
	v, _ := c.run()
	until(t, v, "ready on an empty log", func(Status) bool { return v.Ready() })
	order := ulid.Make().String()
	changed, stopWatching := v.Watch(t.Context(), "restaurant 1")
	defer stopWatching()
	first := c.append(t.Context(), order, cancelled("restaurant 1", "late"))
	requireCurrent(t, v, first)
	<-changed
	d, position, found, err := v.Get(t.Context(), order)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, first, position)
	require.Equal(t, trail{Trail: []string{fmt.Sprint(first, " late")}}, d)

	c.append(t.Context(), ulid.Make().String(), cancelled("restaurant 2", "late"))
	last := c.append(t.Context(), order, completed("restaurant 1"))
	requireCurrent(t, v, last)
	_, position, found, err = v.Get(t.Context(), order)
	require.NoError(t, err)
	require.False(t, found, "deleted")
	require.Equal(t, last, position)
	all, err := v.Find(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, all, 2, "tombstones are left out")
	none, err := v.Find(t.Context(), bson.D{{Key: "trail", Value: "nothing"}})
	require.NoError(t, err)
	require.Empty(t, none)
	until(t, v, "caught up", func(s Status) bool { return s.CaughtUp && s.Active && s.Lag == 0 && s.Position == last })
}

func TestWaitingIsBounded(t *testing.T) {
	c := newCell(t)
	v, _ := c.run(func(o *Options) { o.WaitBound = time.Millisecond })
	stale, err := v.WaitFor(t.Context(), at(1_000_000))
	require.NoError(t, err)
	require.True(t, stale)
	stale, err = v.WaitFor(t.Context(), position.Token{"restaurant": 1_000_000})
	require.NoError(t, err)
	require.False(t, stale, "waits only for the domains that it reads")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	w, _ := c.run()
	_, err = w.WaitFor(ended, at(1_000_000))
	require.ErrorIs(t, err, context.Canceled)
}

func TestStandbyServesAndTakesOver(t *testing.T) {
	c := newCell(t)
	leader, stop := c.run()
	until(t, leader, "active", func(s Status) bool { return s.Active })
	standby, _ := c.run()
	until(t, standby, "ready", func(s Status) bool { return standby.Ready() && !s.Active })
	order := ulid.Make().String()
	changed, stopWatching := standby.Watch(t.Context(), order)
	defer stopWatching()
	requireCurrent(t, standby, c.append(t.Context(), order, cancelled("restaurant 1", "late")))
	<-changed
	require.False(t, standby.Status().Active)
	stop()
	until(t, standby, "active", func(s Status) bool { return s.Active })
	requireCurrent(t, standby, c.append(t.Context(), order, completed("restaurant 1")))
}

func TestSilentHolderIsFenced(t *testing.T) {
	c := newCell(t)
	dead := lease{collection: c.db.Collection(checkpoints), id: "trails_v1", holder: "dead"}
	took, err := dead.take(t.Context(), checkpoint{})
	require.NoError(t, err)
	require.True(t, took)
	v, _ := c.run(func(o *Options) { o.LeaseTTL = 50 * time.Millisecond })
	until(t, v, "active", func(s Status) bool { return s.Active })
	_, err = dead.beat(t.Context(), 1)
	require.ErrorIs(t, err, errFenced)
	require.ErrorIs(t, dead.move(t.Context(), 1, 0, "", progress{Position: 99}), errFenced)

	// And when somebody takes the lease from it, the view stops applying, then takes over again from the silent one.
	seen, err := dead.read(t.Context())
	require.NoError(t, err)
	_, err = dead.take(t.Context(), seen)
	require.NoError(t, err)
	requireCurrent(t, v, c.append(t.Context(), ulid.Make().String(), cancelled("restaurant 1", "late")))
	now, err := dead.read(t.Context())
	require.NoError(t, err)
	require.Greater(t, now.Epoch, seen.Epoch)
}

// flaky loses its connection to the log now and then.
type flaky struct {
	source
	failures int
}

func (f *flaky) Follow(ctx context.Context, o eventlog.FollowOptions, handle func(context.Context, eventlog.Batch) error) error {
	if f.failures > 0 {
		f.failures--
		return errors.New("no log")
	}
	return f.source.Follow(ctx, o, handle)
}

func TestLogThatComesAndGoes(t *testing.T) {
	c := newCell(t)
	at := c.append(t.Context(), ulid.Make().String(), cancelled("restaurant 1", "late"))
	v, err := newView(&flaky{source: c.log, failures: 2}, c.db, fixed("trails"), Options{
		BFF: "customer", Faults: c.faults, Logger: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	requireCurrent(t, v, at)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
}

func TestBadSpecsAreRefused(t *testing.T) {
	c := newCell(t)
	for name, spoil := range map[string]func(*Spec[trail]){
		"name":    func(s *Spec[trail]) { s.Name = "No Name" },
		"version": func(s *Spec[trail]) { s.Version = 0 },
		"reads":   func(s *Spec[trail]) { s.Reads = nil },
		"route":   func(s *Spec[trail]) { s.Route = nil },
	} {
		spec := fixed("trails")
		spoil(&spec)
		_, err := New(c.log, c.db, spec, Options{BFF: "customer", Faults: c.faults})
		require.Error(t, err, name)
	}
	type clash struct {
		ID string `bson:"_id"`
	}
	_, err := New(c.log, c.db, Spec[clash]{
		Name: "clash", Version: 1, Reads: fixed("x").Reads,
		Route: func(Event) []string { return nil }, Apply: func(*clash, Event) Verdict { return Keep },
	}, Options{BFF: "customer", Faults: c.faults})
	require.ErrorContains(t, err, "_id can't be stored")
	_, err = New(c.log, c.db, fixed("trails"), Options{Faults: c.faults})
	require.ErrorContains(t, err, "BFF")
}
