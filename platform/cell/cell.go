package cell

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"tiffin/platform/disk"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/hub"
	"tiffin/platform/identity"
	"tiffin/platform/lake"
	"tiffin/platform/rest"
	"tiffin/platform/run"
	"tiffin/platform/seal"
	"tiffin/platform/telemetry"
	"tiffin/platform/view"
)

// Cell is what a process stands on. The group that it was opened with closes it.
type Cell struct {
	Logger    *slog.Logger
	Telemetry *telemetry.Telemetry
	Issuer    *identity.Issuer
	// Now is the process's clock.
	Now  func() time.Time
	NATS *nats.Conn
	Log  *eventlog.Log
	Keys seal.Keys
	// Lake is the part of the log that has left the hub.
	Lake *lake.Lake
	// Faults is where consumers of the log park what they can't process.
	Faults *fault.Store
	// Rebuilds is where views are asked to be built anew.
	Rebuilds *view.Rebuilds
	// Replicas that a cluster keeps of what this process is the first to open.
	Replicas int
	// room of the disk, where anything is embedded; full is whether it has any for the log.
	room  *disk.Room
	full  func() bool
	mongo *mongo.Client
	// connections to the database that were made so far.
	connections atomic.Uint64
	views       ViewSettings
}

// reachWithin bounds the first contact with a server, and the farewell.
const reachWithin = 5 * time.Second

// Join opens the cell at the settings' addresses, for a process by that name. It has no database until OpenDatabase.
// Upcasters bring what earlier versions wrote into the log up to today's.
func Join(g *run.Group, name string, s Settings, upcasters ...eventlog.Upcaster) (*Cell, error) {
	c, err := observe(g, name, s.Profiling)
	if err != nil {
		return nil, err
	}
	if err := c.connect(g, s.NATSURL); err != nil {
		return nil, err
	}
	c.Now = s.Now
	return c, c.open(g.Context(), s.DataDir, s.LogSettings, upcasters)
}

// Local opens a cell for its only process by that name: it embeds the hub and the database where the settings give none, and
// says in the data directory where they listen, for tools.
func Local(g *run.Group, name string, s LocalSettings, upcasters ...eventlog.Upcaster) (*Cell, error) {
	release, err := run.ClaimDir(dataDir, s.DataDir)
	if err != nil {
		return nil, err
	}
	g.Close("data directory", release)
	c, err := observe(g, name, s.Profiling)
	if err != nil {
		return nil, err
	}
	c.Now = s.Now
	c.room = disk.New(s.DataDir, c.Logger)
	g.Go("room on the disk", c.room.Run)
	var embedded Addresses
	if s.NATSURL != "" {
		err = c.connect(g, s.NATSURL)
	} else {
		c.full = c.room.Full
		embedded.NATSURL, err = c.embedHub(g, hub.Options{Dir: filepath.Join(s.DataDir, "hub"), LazySync: s.Sync == Lazy})
	}
	if err != nil {
		return nil, err
	}
	if err := c.open(g.Context(), s.DataDir, s.LogSettings, upcasters); err != nil {
		return nil, err
	}
	if s.MongoDBURI == "" {
		embedded.MongoDBURI, err = c.embedDatabase(g, filepath.Join(s.DataDir, "views.snapshot"), s.ViewSettings)
	} else {
		err = c.OpenDatabase(g, DatabaseSettings{ViewSettings: s.ViewSettings, MongoDBURI: s.MongoDBURI})
	}
	if err != nil {
		return nil, err
	}
	takeBack, err := embedded.tell(s.DataDir)
	if err == nil {
		g.Close("addresses", takeBack)
	}
	return c, err
}

// Views are what a BFF's views are made with: its database, which Join leaves to OpenDatabase, and the options they share.
func (c *Cell) Views(bff string) (*mongo.Database, view.Options) {
	return c.mongo.Database(bff), view.Options{
		BFF: bff, NATS: c.NATS, Faults: c.Faults, Stale: rest.Stale, Keys: c.Keys, Logger: c.Logger,
		TraceLinks: bool(c.views.TraceLinks), Rebuilds: c.Rebuilds, Now: c.Now, Connections: c.connections.Load,
	}
}

// observe comes first, so that whatever is opened next is seen.
func observe(g *run.Group, name string, p run.Profiling) (*Cell, error) {
	if err := p.Serve(g); err != nil {
		return nil, err
	}
	seen, err := telemetry.Setup(g.Context(), name)
	if err != nil {
		return nil, err
	}
	seen.Install()
	logger := telemetry.NewLogger(os.Stderr, telemetry.Text, slog.LevelInfo)
	slog.SetDefault(logger)
	g.Close("telemetry", func() error {
		ctx, cancel := context.WithTimeout(context.Background(), reachWithin)
		defer cancel()
		if err := seen.Shutdown(ctx); err != nil { // worth a line, not a failed exit
			logger.Warn("some telemetry was not sent", "error", err)
		}
		return nil
	})
	return &Cell{Logger: logger, Telemetry: seen}, nil
}

func (c *Cell) open(ctx context.Context, dir string, s LogSettings, upcasters []eventlog.Upcaster) error {
	c.Replicas = s.Replicas
	var err error
	if c.Keys, err = seal.NewKeys(ctx, c.NATS, s.Replicas); err != nil {
		return err
	}
	if err = c.openLake(ctx, dir, s); err != nil {
		return err
	}
	c.Log, err = eventlog.Open(ctx, c.NATS, eventlog.Options{
		Keys: c.Keys, Lake: c.Lake, Logger: c.Logger, Replicas: s.Replicas, Full: c.full, Upcasters: upcasters, Now: c.Now,
	})
	if err != nil {
		return err
	}
	if c.Faults, err = fault.Open(ctx, c.NATS, fault.Options{Replicas: s.Replicas, Now: c.Now}); err != nil {
		return err
	}
	if c.Rebuilds, err = view.OpenRebuilds(ctx, c.NATS, s.Replicas); err != nil {
		return err
	}
	if c.Issuer, err = identity.NewIssuer(dir, c.Now); err != nil {
		return fmt.Errorf("%s: %w", dataDir, err)
	}
	return nil
}
