package main

import (
	"context"
	"errors"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"tiffin/platform/eventlog"
	"tiffin/platform/hub"
	"tiffin/platform/mongolite"
	"tiffin/platform/seal"
)

// house is what the system stands on, in this process: the ceilings are measured on it, with one connection as it has.
type house struct {
	server *hub.Server
	nc     *nats.Conn
	js     jetstream.JetStream
	log    *eventlog.Log
	keys   seal.Keys
}

func openHouse(ctx context.Context, e *env, s syncing) (*house, error) {
	server, err := hub.Start(hub.Options{Dir: e.folder(), LazySync: s == lazy})
	if err != nil {
		return nil, err
	}
	h := &house{server: server}
	if h.nc, err = server.Connect(); err != nil {
		h.close()
		return nil, err
	}
	if h.keys, err = seal.NewKeys(ctx, h.nc, 1); err != nil {
		h.close()
		return nil, err
	}
	if h.log, err = eventlog.Open(ctx, h.nc, eventlog.Options{Keys: h.keys}); err != nil {
		h.close()
		return nil, err
	}
	if h.js, err = jetstream.New(h.nc); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

func (h *house) close() {
	if h.nc != nil {
		h.nc.Close()
	}
	h.server.Close()
}

// store is a database of this process.
type store struct {
	lite   *mongolite.Server
	client *mongo.Client
}

// openStore connects as a process of its own does where nothing is traced.
func openStore() (*store, error) {
	lite, err := mongolite.Start(mongolite.Options{})
	if err != nil {
		return nil, err
	}
	client, err := mongo.Connect(options.Client().ApplyURI(lite.URI()))
	if err != nil {
		return nil, errors.Join(err, lite.Close(context.Background()))
	}
	return &store{lite: lite, client: client}, nil
}

func (s *store) close() error {
	return errors.Join(s.client.Disconnect(context.Background()), s.lite.Close(context.Background()))
}
