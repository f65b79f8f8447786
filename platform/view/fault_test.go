package view

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/mongolite"
	"tiffin/platform/position"
)

type marked struct{}

// marks notes in a reader's context that what it reads is stale.
func marks(ctx context.Context) {
	if mark, ok := ctx.Value(marked{}).(*bool); ok {
		*mark = true
	}
}

// requireRead reads a document, and requires that its reader is told whether it stands behind a fault.
func (c *cell) requireRead(v *View[trail], id string, stale bool, want ...string) {
	c.Helper()
	told := false
	d, _, found, err := v.Get(context.WithValue(c.Context(), marked{}, &told), id)
	require.NoError(c, err)
	require.Equal(c, len(want) > 0, found)
	require.Equal(c, want, d.Trail)
	require.Equal(c, stale, told, "told its reader")
	behind, err := v.Behind(c.Context(), id)
	require.NoError(c, err)
	require.Equal(c, stale, behind, "tells its watchers")
}

func (c *cell) requireList(v *View[trail], stale bool) {
	c.Helper()
	told := false
	_, err := v.Find(context.WithValue(c.Context(), marked{}, &told), nil)
	require.NoError(c, err)
	require.Equal(c, stale, told)
}

// resubmit asks for everything that is parked to be processed again, and returns what came of it, by the faults' ids.
func (c *cell) resubmit(dryRun bool) map[string]fault.Outcome {
	c.Helper()
	out := map[string]fault.Outcome{}
	require.NoError(c, c.faults.Resubmit(c.Context(), fault.Query{}, fault.Resubmission{
		DryRun: dryRun, PerSecond: 1000, Done: func(f fault.Fault, o fault.Outcome) { out[f.ID] = o },
	}))
	return out
}

func (c *cell) list() []fault.Fault {
	c.Helper()
	all, err := c.faults.List(c.Context(), fault.Query{}, "", 0)
	require.NoError(c, err)
	return all
}

func documentFault(id string) string { return "view.customer.trails.v1.document." + id }

func entry(at uint64, reason string) string { return fmt.Sprint(at, " ", reason) }

func TestPoisonParksItsDocumentsAndNothingElse(t *testing.T) {
	c := newCell(t)
	order, other := ulid.Make().String(), ulid.Make().String()
	first := c.append(t.Context(), order, cancelled("saffron", "late"))
	bad := c.append(t.Context(), order, cancelled("basil", "poison"))
	behind := c.append(t.Context(), order, cancelled("saffron", "later"))
	last := c.append(t.Context(), other, cancelled("saffron", "late"))
	v, stop := c.run()
	requireCurrent(t, v, last)
	require.True(t, v.Ready())
	until(t, v, "caught up", func(s Status) bool { return s.CaughtUp && s.Lag == 0 && s.Parked == 2 && s.Astray == 0 })
	c.requireRead(v, order, true, entry(first, "late"))
	c.requireRead(v, "basil", true)
	c.requireRead(v, "saffron", false, entry(first, "late"), entry(behind, "later"), entry(last, "late"))
	c.requireRead(v, other, false, entry(last, "late"))
	c.requireList(v, true)

	faults := c.list()
	require.Len(t, faults, 2)
	require.Equal(t, documentFault(order), faults[0].ID)
	require.Equal(t, 2, faults[0].Count)
	require.Equal(t, []uint64{bad, behind}, []uint64{faults[0].First.Event.Position, faults[0].Last})
	require.Equal(t, "panic: poison", faults[0].First.Error)
	require.Contains(t, faults[0].First.Stack, "view/main_test.go", "where it went wrong")
	require.Equal(t, documentFault("basil"), faults[1].ID)

	// Another replica serves the same, and says the same of it.
	standby, _ := c.run()
	until(t, standby, "ready", func(Status) bool { return standby.Ready() })
	c.requireRead(standby, order, true, entry(first, "late"))
	c.requireList(standby, true)

	for id, out := range c.resubmit(true) {
		require.False(t, out.Resolved, id)
		require.Equal(t, bad, out.At)
		require.Equal(t, "panic: poison", out.Error)
	}
	require.Len(t, c.list(), 2)
	stop()
	c.release.fixed.Store(true) // while the other has it still to be deployed, which takes over
	until(t, standby, "active", func(s Status) bool { return s.Active })
	for id, out := range c.resubmit(true) {
		require.True(t, out.Resolved, id)
	}
	require.Len(t, c.list(), 2, "a dry run changes nothing")
	c.requireRead(standby, order, true, entry(first, "late"))
	for id, out := range c.resubmit(false) {
		require.True(t, out.Resolved, id)
	}
	require.Empty(t, c.list())
	until(t, standby, "free of faults", func(s Status) bool { return s.Parked == 0 })
	after := c.append(t.Context(), order, cancelled("basil", "at last"))
	requireCurrent(t, standby, after)
	c.requireRead(standby, order, false, entry(first, "late"), entry(bad, "poison"), entry(behind, "later"), entry(after, "at last"))
	c.requireList(standby, false)
	require.Equal(t, replayed(t, fixed("trails"), c.read(after), after), stored(t.Context(), t, standby.documents))
}

func TestWatchersLearnOfAFaultAndOfItsEnd(t *testing.T) {
	c := newCell(t)
	v, _ := c.run()
	order := ulid.Make().String()
	changed, stopWatching := v.Watch(t.Context(), order)
	defer stopWatching()
	requireCurrent(t, v, c.append(t.Context(), order, cancelled("saffron", "poison")))
	<-changed
	c.requireRead(v, order, true)
	c.release.fixed.Store(true)
	c.resubmit(false)
	<-changed
	c.requireRead(v, order, false, entry(1, "poison"))
}

func TestAnEventThatCannotBeRoutedMakesEveryAnswerStale(t *testing.T) {
	c := newCell(t)
	order, other := ulid.Make().String(), ulid.Make().String()
	bad := c.append(t.Context(), order, cancelled("saffron", "nowhere"))
	behind := c.append(t.Context(), order, cancelled("basil", "late"))
	passed := c.append(t.Context(), other, cancelled("saffron", "late"))
	v, _ := c.run()
	stale, err := v.WaitFor(t.Context(), position.Token{"ordering": passed})
	require.NoError(t, err)
	require.True(t, stale)
	stale, err = v.WaitFor(t.Context(), nil)
	require.NoError(t, err)
	require.True(t, stale, "even for those who have seen nothing")
	require.Equal(t, 1, v.Status().Astray)
	require.True(t, v.Ready())
	c.requireRead(v, other, true, entry(passed, "late"))
	c.requireRead(v, "saffron", true, entry(passed, "late"))
	c.requireRead(v, "basil", true)
	c.requireList(v, true)
	faults := c.list()
	require.Len(t, faults, 1)
	require.Equal(t, fault.Key{Kind: fault.Subject, ID: "evt.ordering." + order}, faults[0].First.Key)
	require.Equal(t, []uint64{bad, behind}, []uint64{faults[0].First.Event.Position, faults[0].Last})

	out := c.resubmit(false)[faults[0].ID]
	require.Equal(t, fault.Outcome{At: bad, Error: "panic: where to?"}, out)
	c.release.fixed.Store(true)
	require.Equal(t, fault.Outcome{Processed: 2, Resolved: true}, c.resubmit(false)[faults[0].ID])
	require.Empty(t, c.list())
	requireCurrent(t, v, passed)
	c.requireRead(v, "saffron", false, entry(bad, "nowhere"), entry(passed, "late"))
	require.Equal(t, replayed(t, fixed("trails"), c.read(passed), passed), stored(t.Context(), t, v.documents))
}

func TestWhatCannotBeReadIsParkedByItsSubject(t *testing.T) {
	c := newCell(t)
	order := ulid.Make().String()
	require.NoError(t, c.nc.Publish("evt.ordering."+order, []byte("no event")))
	require.NoError(t, c.nc.Flush())
	last := c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "late"))
	v, _ := c.run()
	until(t, v, "past it", func(s Status) bool { return s.Position == last && s.Astray == 1 })
	require.Equal(t, fault.Key{Kind: fault.Subject, ID: "evt.ordering." + order}, c.list()[0].First.Key)
	for _, out := range c.resubmit(false) {
		require.False(t, out.Resolved)
	}
}

// What is personal stays sealed where it is parked, and out of what is said about it.
func TestWhatIsPersonalIsNotShown(t *testing.T) {
	c := newCell(t)
	at := c.append(t.Context(), ulid.Make().String(), placed("12 St James's Square"))
	spec := fixed("trails")
	spec.Route = func(Event) []string { return []string{"all"} }
	spec.Apply = func(_ *trail, e Event) Verdict {
		panic(fmt.Errorf("what is %q?", e.Data.(*orderingv1.OrderEvent).GetOrderPlaced().GetDeliveryAddress().GetData().GetText()))
	}
	v, err := New(c.log, c.db, spec, Options{BFF: "customer", Faults: c.faults, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	requireCurrent(t, v, at)
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
	parked := c.list()[0].First
	require.Equal(t, `panic: what is "[REDACTED]"?`, parked.Error)
	require.NotContains(t, parked.Stack, "James")
	shown, err := parked.Show()
	require.NoError(t, err)
	require.Contains(t, shown, "[REDACTED]")
	require.NotContains(t, shown, "James")
	require.NotContains(t, shown, "sealed")
	require.NotContains(t, string(parked.Event.Data), "James")
	again, err := c.log.Decode(t.Context(), parked.Event, eventlog.FollowOptions{Domains: spec.Reads})
	require.NoError(t, err)
	require.NoError(t, again.Err)
	require.Equal(t, "12 St James's Square", again.Data.(*orderingv1.OrderEvent).GetOrderPlaced().GetDeliveryAddress().GetData().GetText())
}

func TestADocumentThatGrowsTooLargeIsParkedFromTheEventThatDidIt(t *testing.T) {
	c := newCell(t)
	order := ulid.Make().String()
	spec := fixed("trails")
	apply := spec.Apply
	spec.Apply = func(d *trail, e Event) Verdict {
		verdict := apply(d, e)
		if e.Data.(*orderingv1.OrderEvent).GetOrderCancelled().GetReason() == "huge" {
			d.Trail = append(d.Trail, strings.Repeat("x", maxDocument))
		}
		return verdict
	}
	log := []Event{
		event(1, order, cancelled("saffron", "late")), event(2, order, cancelled("saffron", "huge")), event(3, order, cancelled("basil", "late")),
	}
	a := c.applier(spec)
	_, err := a.apply(t.Context(), log, 0)
	require.NoError(t, err)
	documents := stored(t.Context(), t, c.db.Collection(spec.collection()))
	require.Equal(t, &Span{2, 3}, documents[order].Parked)
	require.Equal(t, &Span{2, 2}, documents["saffron"].Parked)
	require.Nil(t, documents["basil"].Parked)
	require.Equal(t, []string{"1 late"}, documents[order].Data.Trail)
	require.Contains(t, c.list()[0].First.Error, "bytes long")
}

func TestWhatAUniqueIndexRefusesIsParked(t *testing.T) {
	c := newCell(t)
	spec := fixed("trails")
	_, err := c.db.Collection(spec.collection()).Indexes().CreateOne(t.Context(), mongo.IndexModel{
		Keys: bson.D{{Key: "trail", Value: 1}}, Options: options.Index().SetUnique(true),
	})
	require.NoError(t, err)
	spec.Route = func(e Event) []string { return []string{e.AggregateID} }
	spec.Apply = func(d *trail, e Event) Verdict {
		d.Trail = []string{e.Data.(*orderingv1.OrderEvent).GetOrderCancelled().GetReason()}
		return Keep
	}
	a := c.applier(spec)
	_, err = a.apply(t.Context(), []Event{event(1, "one", cancelled("", "same")), event(2, "two", cancelled("", "other"))}, 0)
	require.NoError(t, err)
	_, err = a.apply(t.Context(), []Event{event(3, "two", cancelled("", "same")), event(4, "three", cancelled("", "third"))}, 0)
	require.NoError(t, err)
	documents := stored(t.Context(), t, c.db.Collection(spec.collection()))
	require.Equal(t, &Span{3, 3}, documents["two"].Parked)
	require.EqualValues(t, 4, documents["three"].Position)
	require.Contains(t, c.list()[0].First.Error, "unique")
}

// applier returns one that has taken over.
func (c *cell) applier(spec Spec[trail]) *applier[trail] {
	c.Helper()
	l := lease{collection: c.db.Collection(checkpoints), id: spec.collection(), holder: "test"}
	seen, err := l.read(c.Context())
	require.NoError(c, err)
	_, err = l.take(c.Context(), seen)
	require.NoError(c, err)
	now, err := l.read(c.Context())
	require.NoError(c, err)
	return &applier[trail]{
		spec: spec, store: mongoStore[trail]{documents: c.db.Collection(spec.collection()), lease: l, mark: new(string)}, faults: c.faults, log: c.log,
		consumer: fault.Consumer{Kind: fault.View, Owner: "customer", Name: spec.Name, Version: spec.Version},
		epoch:    now.Epoch, at: now.Progress, retry: once,
	}
}

// A database that is set back to before a fault was resolved still says that its document stands behind it. Nothing is parked
// any more, but the log has it all.
func TestDatabaseSetBackToBeforeAFaultWasResolved(t *testing.T) {
	kept := filepath.Join(t.TempDir(), "snapshot")
	e := &engine{T: t, options: mongolite.Options{SnapshotPath: kept}}
	e.start()
	t.Cleanup(e.stop)
	client, err := mongo.Connect(options.Client().ApplyURI(e.server.URI()))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Disconnect(context.Background())) })
	c := cellOn(t, hubtest.Connect(t), client.Database("tiffin"))
	order := ulid.Make().String()
	c.append(t.Context(), order, cancelled("saffron", "poison"))
	c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "late"))
	last := c.append(t.Context(), order, cancelled("basil", "late"))
	v, stop := c.run()
	requireCurrent(t, v, last)
	until(t, v, "parked", func(s Status) bool { return s.Parked == 2 })
	stop()
	e.stop()
	older, err := os.ReadFile(kept)
	require.NoError(t, err)
	e.start()
	c.release.fixed.Store(true)
	v, stop = c.run()
	until(t, v, "active", func(s Status) bool { return s.Active })
	c.resubmit(false)
	require.Empty(t, c.list())
	stop()
	e.stop()
	require.NoError(t, os.WriteFile(kept, older, 0o600))

	// Whoever takes over first has the old code again: it parks what the log has, and a later release processes that.
	c.release.fixed.Store(false)
	e.start()
	v, stop = c.run()
	until(t, v, "parked again", func(s Status) bool { return s.Active && s.Parked == 2 })
	require.Eventually(t, func() bool { return len(c.list()) == 2 }, 30*time.Second, 10*time.Millisecond)
	require.Equal(t, "panic: poison", c.list()[0].First.Error)
	stop()
	c.release.fixed.Store(true)
	v, _ = c.run()
	until(t, v, "active", func(s Status) bool { return s.Active })
	c.resubmit(false)
	require.Empty(t, c.list())
	require.Equal(t, replayed(t, fixed("trails"), c.read(last), last), stored(t.Context(), t, v.documents))
}

// The stream of faults is gone while there is poison: the view waits, says so, and parks it when the stream is back.
func TestWithoutAPlaceForFaultsTheViewWaits(t *testing.T) {
	c := newCell(t)
	js, err := jetstream.New(c.nc)
	require.NoError(t, err)
	require.NoError(t, js.DeleteStream(t.Context(), fault.Stream))
	v, _ := c.run()
	until(t, v, "blocked", func(s Status) bool { return s.Blocked != "" })
	bad := c.append(t.Context(), ulid.Make().String(), cancelled("saffron", "poison"))
	_, err = fault.Open(t.Context(), c.nc, fault.Options{})
	require.NoError(t, err)
	requireCurrent(t, v, bad)
	until(t, v, "no longer blocked", func(s Status) bool { return s.Blocked == "" && s.Parked == 2 })
}

func placed(address string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		DeliveryAddress: &typev1.Personal{PersonId: ulid.Make().String(), Data: &typev1.PersonalData{Text: address}},
	}}}
}
