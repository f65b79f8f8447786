package connect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/ctl/facts"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/hub"
	"tiffin/platform/lake"
	"tiffin/platform/lake/export"
	"tiffin/platform/lake/manifest"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

// within bounds the first contact with a server, and the farewell.
const within = 5 * time.Second

// Connector opens what a command needs, when it needs it.
type Connector struct {
	// Environ is the environment, as os.Environ gives it.
	Environ []string
	// Logger is told what is tried again.
	Logger *slog.Logger
}

// Hub is an open event log.
type Hub struct {
	Log  *eventlog.Log
	Keys seal.Keys
	// Lake is the part of the log that has left it.
	Lake *lake.Lake
	nc   *nats.Conn
	age  time.Duration
}

// Close closes the connection.
func (h *Hub) Close() { h.nc.Close() }

// Rebuilds is where views are asked to be built anew.
func (h *Hub) Rebuilds(ctx context.Context) (*view.Rebuilds, error) {
	return view.ExistingRebuilds(ctx, h.nc)
}

// Hub opens the event log; with the keys of personal data, or without.
func (c Connector) Hub(ctx context.Context, keys bool) (*Hub, error) {
	s, err := read(c.Environ)
	if err != nil {
		return nil, err
	}
	if s.NATSURL == "" {
		return nil, s.missing("TIFFIN_NATS_URL")
	}
	h := &Hub{Keys: seal.Memory(), age: s.LakeAge} // which knows nobody's
	if h.nc, err = hub.Connect(s.NATSURL, nats.Timeout(within), nats.Name("tiffinctl")); err != nil {
		return nil, fmt.Errorf("TIFFIN_NATS_URL: %w", err)
	}
	if keys {
		if h.Keys, err = seal.ExistingKeys(ctx, h.nc); err != nil {
			h.Close()
			return nil, err
		}
	}
	if err := h.open(ctx, c, s); err != nil {
		h.Close()
		return nil, err
	}
	return h, nil
}

// Faults opens what is parked on the hub.
func (h *Hub) Faults(ctx context.Context) (*fault.Store, error) {
	return fault.Open(ctx, h.nc, fault.Options{Existing: true})
}

// open opens the lake, and the log over both.
func (h *Hub) open(ctx context.Context, c Connector, s Settings) error {
	files, err := s.Files(s.DataDir)
	if err != nil {
		return err
	}
	if h.Lake, err = lake.Open(ctx, h.nc, files, manifest.Options{Existing: true}); err != nil {
		return err
	}
	h.Log, err = eventlog.Open(ctx, h.nc, eventlog.Options{Keys: h.Keys, Lake: h.Lake, Existing: true, Logger: c.Logger})
	return err
}

// Export returns what brings old events into the lake; done is told how many it has.
func (h *Hub) Export(c Connector, done func(events uint64)) (*export.Exporter, error) {
	return export.New(export.Options{
		NATS: h.nc, Lake: h.Lake, Domains: facts.Domains(), Age: h.age, Logger: c.Logger, Done: done,
	})
}

// Database opens the views' database, and returns what closes it.
func (c Connector) Database(ctx context.Context) (*mongo.Client, func(), error) {
	s, err := read(c.Environ)
	if err != nil {
		return nil, nil, err
	}
	if s.MongoDBURI == "" {
		return nil, nil, s.missing("TIFFIN_MONGODB_URI")
	}
	return Mongo(ctx, s.MongoDBURI)
}

// Mongo opens the database at the URI, and returns what closes it.
func Mongo(ctx context.Context, uri string) (*mongo.Client, func(), error) {
	client, err := mongo.Connect(options.Client().ApplyURI(uri).SetServerSelectionTimeout(within))
	if err != nil {
		return nil, nil, fmt.Errorf("TIFFIN_MONGODB_URI: %w", err)
	}
	leave := func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
		defer cancel()
		_ = client.Disconnect(ctx) // what it still holds ends with the process
	}
	if err := client.Ping(ctx, nil); err != nil {
		leave()
		return nil, nil, errors.Join(errors.New("can't reach MongoDB (TIFFIN_MONGODB_URI)"), err)
	}
	return client, leave, nil
}
