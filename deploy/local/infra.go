package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/nats-io/nats.go"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/eventlog"
	"tiffin/platform/hub"
	"tiffin/platform/mongolite"
	"tiffin/platform/run"
	"tiffin/platform/seal"
	"tiffin/platform/telemetry"
)

// infra is what everything else stands on: the hub, the event log, the database.
type infra struct {
	nc    *nats.Conn
	log   *eventlog.Log
	mongo *mongo.Client
}

const reachWithin = 5 * time.Second

// openInfra connects to what the settings name, and embeds what they don't.
func openInfra(g *run.Group, s settings, logger *slog.Logger, seen *telemetry.Telemetry) (*infra, error) {
	in, ctx := &infra{}, g.Context()
	if err := in.openHub(g, s); err != nil {
		return nil, err
	}
	keys, err := seal.NewKeys(ctx, in.nc, 1)
	if err != nil {
		return nil, err
	}
	if in.log, err = eventlog.Open(ctx, in.nc, eventlog.Options{Keys: keys, Logger: logger}); err != nil {
		return nil, err
	}
	return in, in.openMongo(g, s, logger, seen)
}

func (in *infra) openHub(g *run.Group, s settings) error {
	var err error
	if s.NATSURL != "" {
		if in.nc, err = hub.Connect(s.NATSURL, nats.Timeout(reachWithin)); err != nil {
			return fmt.Errorf("TIFFIN_NATS_URL: %w", err)
		}
		g.Close("NATS connection", disconnected(in.nc))
		return nil
	}
	server, err := hub.Start(hub.Options{Dir: filepath.Join(s.DataDir, "hub")})
	if err != nil {
		return err
	}
	g.Close("hub", func() error { server.Close(); return nil })
	if in.nc, err = server.Connect(); err != nil {
		return err
	}
	g.Close("hub connection", disconnected(in.nc))
	return nil
}

func disconnected(nc *nats.Conn) func() error { return func() error { nc.Close(); return nil } }

func (in *infra) openMongo(g *run.Group, s settings, logger *slog.Logger, seen *telemetry.Telemetry) error {
	uri := s.MongoDBURI
	if uri == "" {
		lite, err := mongolite.Start(mongolite.Options{SnapshotPath: filepath.Join(s.DataDir, "views.snapshot"), Logger: logger})
		if err != nil {
			return fmt.Errorf("embedded database: %w", err)
		}
		g.Close("embedded database", func() error {
			ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
			defer cancel()
			return lite.Close(ctx)
		})
		uri = lite.URI()
	}
	client, err := mongo.Connect(options.Client().ApplyURI(uri).SetMonitor(telemetry.MongoDB(seen.TracerProvider)).SetServerSelectionTimeout(reachWithin))
	if err != nil {
		return fmt.Errorf("TIFFIN_MONGODB_URI: %w", err)
	}
	in.mongo = client
	g.Close("database connection", func() error {
		ctx, cancel := context.WithTimeout(context.Background(), reachWithin)
		defer cancel()
		return client.Disconnect(ctx)
	})
	if err := client.Ping(g.Context(), nil); err != nil {
		return fmt.Errorf("can't reach MongoDB (TIFFIN_MONGODB_URI): %w", err)
	}
	return nil
}
