package view

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"golang.org/x/sync/errgroup"

	"tiffin/platform/eventlog"
	"tiffin/platform/position"
)

// rebuilds is where rebuilds of the cell's views are asked for.
func (c *cell) rebuilds() *Rebuilds {
	c.Helper()
	r, err := OpenRebuilds(c.Context(), c.nc, 1)
	require.NoError(c, err)
	return r
}

func (c *cell) ask(action Action) error {
	ctx, done := context.WithTimeout(c.Context(), time.Minute)
	defer done()
	return c.rebuilds().Ask(ctx, "customer", "trails", 1, action)
}

// rebuildable lets a view be rebuilt, and drop after a while what nobody reads.
func (c *cell) rebuildable(grace time.Duration) func(*Options) {
	r := c.rebuilds()
	return func(o *Options) { o.Rebuilds, o.Grace, o.LeaseTTL = r, grace, 100*time.Millisecond }
}

func (c *cell) requireClean(v *View[trail], upTo uint64) {
	c.Helper()
	require.Equal(c, replayed(c, fixed("trails"), c.read(upTo), upTo), stored(c.Context(), c, v.Collection()))
}

func (c *cell) collections() []string {
	c.Helper()
	names, err := c.db.ListCollectionNames(c.Context(), bson.D{{Key: "name", Value: bson.D{{Key: "$regex", Value: "^trails"}}}})
	require.NoError(c, err)
	return names
}

// Two replicas serve while a third party writes and one is asked for rebuilds: whoever presents a position never reads anything
// older from either, and nobody who reads fails.
func TestAViewIsRebuiltWhileItIsReadAndWritten(t *testing.T) {
	c := newCell(t)
	c.release.fixed.Store(true)
	orders := make([]string, 20)
	var last atomic.Uint64
	for i := range orders {
		orders[i] = ulid.Make().String()
		last.Store(c.append(t.Context(), orders[i], cancelled("saffron", "first")))
	}
	small := func(o *Options) { o.BatchSize = 4 }
	one, _ := c.run(c.rebuildable(time.Hour), small)
	until(t, one, "active", func(s Status) bool { return s.Active && s.CaughtUp })
	two, _ := c.run(c.rebuildable(time.Hour), small)
	until(t, two, "ready", func(Status) bool { return two.Ready() })
	replicas := []*View[trail]{one, two}

	ctx, stop := context.WithCancel(t.Context())
	busy, ctx := errgroup.WithContext(ctx)
	busy.Go(func() error {
		for n := 0; ctx.Err() == nil; n++ {
			order := orders[n%len(orders)]
			at, err := c.orders.Execute(context.WithoutCancel(ctx), order, appending(cancelled("saffron", fmt.Sprint("more ", n))))
			if err != nil {
				return err
			}
			token := position.Token{"ordering": at}
			for range 3 {
				v := replicas[rand.N(2)]
				stale, err := v.WaitFor(context.WithoutCancel(ctx), token)
				if err != nil || stale {
					return fmt.Errorf("waited in vain for %v: stale %v, %w: %+v", token, stale, err, v.Status())
				}
				token = token.Merge(v.Seen())
				d, there, found, err := v.Get(context.WithoutCancel(ctx), order)
				if err != nil || !found || there < at || len(d.Trail) == 0 {
					return fmt.Errorf("%d was answered with %d of %v, found %v: %w", at, there, d, found, err)
				}
			}
			last.Store(at)
		}
		return nil
	})
	for number := 2; number <= 4; number++ {
		require.NoError(t, c.ask(Rebuild))
		for _, v := range replicas {
			until(t, v, "switched", func(s Status) bool { return s.Generation == number })
		}
	}
	require.NoError(t, c.ask(Back))
	for _, v := range replicas {
		until(t, v, "switched back", func(s Status) bool { return s.Generation == 3 })
	}
	stop()
	require.NoError(t, busy.Wait())
	requireCurrent(t, one, last.Load())
	c.requireClean(one, last.Load())
	require.Len(t, c.collections(), 4, "what was served before is kept for a while")
}

func TestWhatIsAskedOfAnApplierThatWasDeposedIsDoneByTheNext(t *testing.T) {
	c := newCell(t)
	c.release.fixed.Store(true)
	at := c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "late"))
	v, _ := c.run(c.rebuildable(time.Hour), func(o *Options) { o.LeaseTTL = time.Hour }) // it does not find out by itself
	requireCurrent(t, v, at)
	_, err := c.db.Collection(checkpoints).UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "trails_v1"}}, bson.D{
		{Key: "$set", Value: bson.D{{Key: "holder", Value: ""}}}, {Key: "$inc", Value: bson.D{{Key: "epoch", Value: 1}}},
	})
	require.NoError(t, err)
	require.NoError(t, c.ask(Rebuild))
	until(t, v, "switched", func(s Status) bool { return s.Generation == 2 })
}

func TestARebuildPutsRightWhatWasWrongAndItsWatchersAreTold(t *testing.T) {
	c := newCell(t)
	c.release.fixed.Store(true)
	order := ulid.Make().String()
	at := c.append(t.Context(), order, cancelled("saffron", "late"))
	v, _ := c.run(c.rebuildable(400 * time.Millisecond))
	requireCurrent(t, v, at)
	_, err := v.Collection().UpdateOne(t.Context(), bson.D{{Key: "_id", Value: order}}, bson.D{{Key: "$set", Value: bson.D{{Key: "trail", Value: bson.A{"wrong"}}}}})
	require.NoError(t, err)
	changed, stopWatching := v.Watch(t.Context(), order)
	defer stopWatching()
	require.NoError(t, c.ask(Rebuild))
	for v.Status().Generation == 1 { // the event itself may be told of late
		<-changed
	}
	c.requireRead(v, order, false, entry(at, "late"))
	require.Eventually(t, func() bool { return len(c.collections()) == 1 }, 30*time.Second, 10*time.Millisecond, "the old one is dropped")
	var refused *Refused
	require.ErrorAs(t, c.ask(Back), &refused, "and then there is no way back")
	require.ErrorAs(t, c.ask(Stop), &refused)
	c.requireRead(v, order, false, entry(at, "late"))
}

// gated is a log of which whoever begins to follow it while there is a gate sees no more than a first batch until that is open.
type gated struct {
	source
	gate atomic.Pointer[chan struct{}]
}

func (g *gated) Follow(ctx context.Context, o eventlog.FollowOptions, handle func(context.Context, eventlog.Batch) error) error {
	gate, first := g.gate.Load(), true
	return g.source.Follow(ctx, o, func(ctx context.Context, b eventlog.Batch) error {
		if gate != nil && !first {
			select {
			case <-*gate:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		first = false
		return handle(ctx, b)
	})
}

func (g *gated) shut() (open func()) {
	gate := make(chan struct{})
	g.gate.Store(&gate)
	return func() { close(gate) }
}

func TestARebuildIsStoppedGoneOnWithAndGivenUp(t *testing.T) {
	c := newCell(t)
	var last uint64
	for range 12 {
		last = c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "late"))
	}
	log := &gated{source: c.log}
	o := Options{BFF: "customer", NATS: c.nc, Faults: c.faults, Logger: slog.New(slog.DiscardHandler), BatchSize: 4}
	c.rebuildable(time.Hour)(&o)
	v, err := newView(log, c.db, fixed("trails"), o)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	defer func() {
		cancel()
		require.ErrorIs(t, <-ended, context.Canceled)
	}()
	requireCurrent(t, v, last)

	open := log.shut()
	begun := func(s Status) bool { return s.Build != nil && s.Build.Done > 0 && s.Build.Done+s.Build.ToDo == 12 }
	require.NoError(t, c.ask(Rebuild))
	until(t, v, "building", begun)
	require.NoError(t, c.ask(Stop))
	until(t, v, "stopped", func(s Status) bool { return s.Build != nil && s.Build.Stopped })
	require.Contains(t, v.Status().Build.String(), "stopped")
	open()
	last = c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "meanwhile"))
	requireCurrent(t, v, last)
	require.NoError(t, c.ask(Rebuild))
	until(t, v, "switched", func(s Status) bool { return s.Generation == 2 && s.Build == nil })
	c.requireClean(v, last)

	open = log.shut()
	require.NoError(t, c.ask(Rebuild))
	until(t, v, "building again", func(s Status) bool { return s.Build != nil && s.Build.Done > 0 })
	require.NoError(t, c.ask(Back))
	until(t, v, "no longer building", func(s Status) bool { return s.Build == nil && s.Generation == 2 })
	open()
	c.requireClean(v, last)
}

func TestWhatANextGenerationCannotProcessIsParkedForItAlone(t *testing.T) {
	c := newCell(t)
	c.release.fixed.Store(true)
	order := ulid.Make().String()
	at := c.append(t.Context(), order, cancelled("saffron", "poison"))
	v, _ := c.run(c.rebuildable(400 * time.Millisecond))
	requireCurrent(t, v, at)
	c.release.fixed.Store(false)
	require.NoError(t, c.ask(Rebuild))
	until(t, v, "switched", func(s Status) bool { return s.Generation == 2 && s.Parked == 2 })
	require.Equal(t, "view.customer.trails.v1_g2.document."+order, c.list()[0].ID)
	require.Equal(t, 2, c.list()[0].First.Consumer.Generation)
	c.requireRead(v, order, true)
	c.release.fixed.Store(true)
	require.NoError(t, c.ask(Rebuild))
	until(t, v, "switched", func(s Status) bool { return s.Generation == 3 && s.Parked == 0 })
	c.requireRead(v, order, false, entry(at, "poison"))
	require.Eventually(t, func() bool { return len(c.list()) == 0 }, 30*time.Second, 10*time.Millisecond, "what was parked goes with what it was parked for")
}

func TestARebuildTellsNobodyOutsideOfWhatItAppliesAgain(t *testing.T) {
	c := newCell(t)
	c.release.fixed.Store(true)
	var last uint64
	for range 12 {
		last = c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "late"))
	}
	v, _ := c.run(c.rebuildable(time.Hour))
	requireCurrent(t, v, last)
	js, err := jetstream.New(c.nc)
	require.NoError(t, err)
	inLog := func() uint64 {
		stream, err := js.Stream(t.Context(), eventlog.Stream)
		require.NoError(t, err)
		return stream.CachedInfo().State.LastSeq
	}
	before := inLog()
	v.turn <- struct{}{} // it has told of the last batch, too
	<-v.turn
	said, err := c.nc.SubscribeSync("view.>")
	require.NoError(t, err)
	require.NoError(t, c.nc.Flush())
	require.NoError(t, c.ask(Rebuild))
	until(t, v, "switched", func(s Status) bool { return s.Generation == 2 })
	require.NoError(t, c.nc.Publish("view.end", nil))
	for {
		m, err := said.NextMsg(time.Minute)
		require.NoError(t, err)
		if m.Subject == "view.end" {
			break
		}
		require.Equal(t, v.checkpointSubject(), m.Subject, "replicas are told to look, and nobody that a document has changed")
	}
	require.Equal(t, before, inLog())
}

func appending[E any](e E) func(struct{}) (E, error) {
	return func(struct{}) (E, error) { return e, nil }
}
