package view

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/hub"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/mongolite"
	"tiffin/platform/mongolite/mongotest"
)

// engine is a database that can be stopped, and started again where it was.
type engine struct {
	*testing.T
	options mongolite.Options
	server  *mongolite.Server
}

func (e *engine) start() {
	e.Helper()
	var err error
	e.server, err = mongolite.Start(e.options)
	require.NoError(e, err)
	uri, err := url.Parse(e.server.URI())
	require.NoError(e, err)
	e.options.Addr = uri.Host
}

func (e *engine) stop() {
	e.Helper()
	// Not the test's own context: it has ended when the last stop comes.
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	require.NoError(e, e.server.Close(ctx))
}

// The database goes away while events come in, twice, and comes back as it was, empty, or as it was long ago. The view
// catches up each time, and holds what a clean replay makes.
func TestDatabaseThatComesAndGoes(t *testing.T) {
	for name, meanwhile := range map[string]func(t *testing.T, kept, older string){
		"as it was": func(*testing.T, string, string) {},
		"emptied":   func(t *testing.T, kept, _ string) { require.NoError(t, os.Remove(kept)) },
		"set back":  func(t *testing.T, kept, older string) { require.NoError(t, os.Rename(older, kept)) },
	} {
		t.Run(name, func(t *testing.T) {
			kept := filepath.Join(t.TempDir(), "snapshot")
			e := &engine{T: t, options: mongolite.Options{SnapshotPath: kept}}
			e.start()
			t.Cleanup(e.stop)
			client, err := mongo.Connect(options.Client().ApplyURI(e.server.URI()))
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, client.Disconnect(context.Background())) })
			c := cellOn(t, hubtest.Connect(t), client.Database("tiffin"))
			orders := []string{ulid.Make().String(), ulid.Make().String(), ulid.Make().String()}
			appended := uint64(0)
			some := func() {
				for range 20 {
					appended = c.append(t.Context(), orders[appended%3], cancelled(fmt.Sprint("restaurant ", appended%2), "late"))
				}
			}
			// A beat would notice by itself; what must notice is the next batch.
			v, _ := c.run(func(o *Options) { o.BatchSize, o.LeaseTTL = 3, 10*time.Minute })
			some()
			requireCurrent(t, v, appended)
			e.stop()
			older, err := os.ReadFile(kept)
			require.NoError(t, err)
			some()
			e.start()
			some()
			requireCurrent(t, v, appended)
			e.stop()
			require.NoError(t, os.WriteFile(kept+".older", older, 0o600))
			meanwhile(t, kept, kept+".older")
			e.start()
			some()
			requireCurrent(t, v, appended)
			require.Equal(t, replayed(t, fixed("trails"), c.read(appended), appended), stored(t.Context(), t, v.documents))
		})
	}
}

// read returns the log up to a position.
func (c *cell) read(upTo uint64) []Event {
	c.Helper()
	var log []Event
	enough := errors.New("enough")
	err := c.log.Follow(c.Context(), eventlog.FollowOptions{Domains: []proto.Message{&orderingv1.OrderEvent{}}},
		func(_ context.Context, b eventlog.Batch) error {
			log = append(log, b.Events...)
			if len(log) > 0 && log[len(log)-1].Position >= upTo {
				return enough
			}
			return nil
		})
	require.ErrorIs(c, err, enough)
	return log
}

// What was announced while the line to NATS was down is lost, so whoever watches looks again once it is back.
func TestWatchersLookAgainAfterNATSWasAway(t *testing.T) {
	dir := t.TempDir()
	start := func(port int) *hub.Server {
		s, err := hub.Start(hub.Options{Dir: dir, LazySync: true, Port: port})
		require.NoError(t, err)
		t.Cleanup(s.Close)
		return s
	}
	first := start(0)
	nc, err := hub.Connect(first.URL())
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	c := cellOn(t, nc, mongotest.Database(t))
	v, _ := c.run()
	until(t, v, "ready", func(Status) bool { return v.Ready() })
	order := ulid.Make().String()
	changed, stopWatching := v.Watch(t.Context(), order)
	defer stopWatching()
	at, err := url.Parse(first.URL())
	require.NoError(t, err)
	port, err := strconv.Atoi(at.Port())
	require.NoError(t, err)
	first.Close()
	select {
	case <-changed:
		t.Fatal("nothing has changed, and nobody is there to say so")
	default:
	}
	start(port)
	select {
	case <-changed:
	case <-time.After(30 * time.Second):
		t.Fatal("nobody woke who watches")
	}
	requireCurrent(t, v, c.append(t.Context(), order, cancelled("restaurant 1", "late")))
	<-changed
}

// The database is set back as far as the snapshot is old, under the same epoch, and nothing happens any more that would be
// applied to it.
func TestADatabaseThatWasSetBackIsNoticedThoughNothingHappens(t *testing.T) {
	set := func(t *testing.T, how func(*Options)) (v *View[trail], order string, expected map[string]Document[trail]) {
		kept := filepath.Join(t.TempDir(), "snapshot")
		e := &engine{T: t, options: mongolite.Options{SnapshotPath: kept}}
		e.start()
		t.Cleanup(e.stop)
		var made atomic.Uint64
		client, err := mongo.Connect(options.Client().ApplyURI(e.server.URI()).SetPoolMonitor(&driver.PoolMonitor{Event: func(p *driver.PoolEvent) {
			if p.Type == driver.ConnectionReady {
				made.Add(1)
			}
		}}))
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, client.Disconnect(context.Background())) })
		c := cellOn(t, hubtest.Connect(t), client.Database("tiffin"))
		v, _ = c.run(func(o *Options) { o.Connections = made.Load }, how)
		order = ulid.Make().String()
		requireCurrent(t, v, c.append(t.Context(), order, cancelled("restaurant 1", "late")))
		e.stop()
		older, err := os.ReadFile(kept)
		require.NoError(t, err)
		e.start()
		last := c.append(t.Context(), order, completed("restaurant 1"))
		requireCurrent(t, v, last)
		e.stop()
		require.NoError(t, os.WriteFile(kept, older, 0o600))
		e.start()
		return v, order, replayed(t, fixed("trails"), c.read(last), last)
	}
	t.Run("by the applier", func(t *testing.T) {
		v, _, expected := set(t, func(o *Options) { o.LeaseTTL, o.Connections = 200*time.Millisecond, nil })
		require.Eventually(t, func() bool {
			cursor, err := v.documents.Find(t.Context(), bson.D{})
			if err != nil {
				return false
			}
			found, err := all[Document[trail]](t.Context(), cursor)
			return err == nil && len(found) > 0 && found[0].Position == expected[found[0].ID].Position
		}, time.Minute, 10*time.Millisecond)
	})
	t.Run("by whoever reads", func(t *testing.T) {
		var stale atomic.Int32
		// A beat would notice, too, in an hour or so.
		v, order, expected := set(t, func(o *Options) {
			o.LeaseTTL, o.Stale = time.Hour, func(context.Context) { stale.Add(1) }
		})
		_, at, _, err := v.Get(t.Context(), order)
		require.NoError(t, err)
		if at < expected[order].Position {
			require.Positive(t, stale.Load(), "what is older than was promised says so")
		}
		require.Eventually(t, func() bool {
			before := stale.Load()
			_, at, _, err := v.Get(t.Context(), order)
			return err == nil && at == expected[order].Position && stale.Load() == before
		}, time.Minute, time.Millisecond)
	})
}
