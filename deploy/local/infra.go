package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats.go"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/eventlog"
	"tiffin/platform/hub"
	"tiffin/platform/mongolite"
	"tiffin/platform/seal"
)

// infra is what everything else stands on: the hub, the event log, the database.
type infra struct {
	nc    *nats.Conn
	log   *eventlog.Log
	mongo *mongo.Client
	close []func() // in the order of opening
}

const reachWithin = 5 * time.Second

// openInfra connects to what the settings name, and embeds what they don't. On an error everything is closed again.
func openInfra(ctx context.Context, s settings, logger *slog.Logger, monitor *event.CommandMonitor) (_ *infra, err error) {
	in := &infra{}
	defer func() {
		if err != nil {
			in.Close()
		}
	}()
	if err := writable(s.DataDir); err != nil {
		return nil, err
	}
	if err := in.openHub(s); err != nil {
		return nil, err
	}
	keys, err := seal.NewKeys(ctx, in.nc, 1)
	if err != nil {
		return nil, err
	}
	if in.log, err = eventlog.Open(ctx, in.nc, eventlog.Options{Keys: keys, Logger: logger}); err != nil {
		return nil, err
	}
	return in, in.openMongo(ctx, s, logger, monitor)
}

func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("can't use the data directory TIFFIN_DATA_DIR=%s: %w", dir, err)
	}
	f, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return fmt.Errorf("can't write to the data directory TIFFIN_DATA_DIR=%s: %w", dir, err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

func (in *infra) openHub(s settings) error {
	var err error
	if s.NATSURL != "" {
		if in.nc, err = hub.Connect(s.NATSURL, nats.Timeout(reachWithin)); err != nil {
			return fmt.Errorf("TIFFIN_NATS_URL: %w", err)
		}
		in.close = append(in.close, in.nc.Close)
		return nil
	}
	server, err := hub.Start(hub.Options{Dir: filepath.Join(s.DataDir, "hub")})
	if err != nil {
		return err
	}
	in.close = append(in.close, server.Close)
	if in.nc, err = server.Connect(); err != nil {
		return err
	}
	in.close = append(in.close, in.nc.Close)
	return nil
}

func (in *infra) openMongo(ctx context.Context, s settings, logger *slog.Logger, monitor *event.CommandMonitor) error {
	uri := s.MongoDBURI
	if uri == "" {
		lite, err := mongolite.Start(mongolite.Options{SnapshotPath: filepath.Join(s.DataDir, "views.snapshot"), Logger: logger})
		if err != nil {
			return fmt.Errorf("embedded database: %w", err)
		}
		in.close = append(in.close, func() {
			ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
			defer cancel()
			if err := lite.Close(ctx); err != nil {
				logger.Error("the embedded database did not close cleanly", "error", err)
			}
		})
		uri = lite.URI()
	}
	client, err := mongo.Connect(options.Client().ApplyURI(uri).SetMonitor(monitor).SetServerSelectionTimeout(reachWithin))
	if err != nil {
		return fmt.Errorf("TIFFIN_MONGODB_URI: %w", err)
	}
	in.mongo = client
	in.close = append(in.close, func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		_ = client.Disconnect(ctx) // the process ends: there is nothing left to do about it
	})
	if err := client.Ping(ctx, nil); err != nil {
		return fmt.Errorf("can't reach MongoDB (TIFFIN_MONGODB_URI): %w", err)
	}
	return nil
}

// Close closes everything, the last opened first.
func (in *infra) Close() {
	for i := len(in.close) - 1; i >= 0; i-- {
		in.close[i]()
	}
}
