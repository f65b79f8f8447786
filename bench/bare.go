package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"

	"tiffin/bench/system"
	"tiffin/bff/customer/orders"
	"tiffin/platform/view"
)

// bare is an order read by REST with nothing of ours in between: net/http, the driver and encoding/json in this process. It is
// what is left to win by whoever looks for more.
type bare struct {
	*system.Client
	server *http.Server
	served chan error
}

const barePath = "/orders/"

func serveBare(ctx context.Context, d *documents) (*bare, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	b := &bare{served: make(chan error, 1), Client: system.NewClient("http://"+l.Addr().String(), 2*clients)}
	b.server = &http.Server{ReadHeaderTimeout: drainWithin, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var found view.Document[orders.Document]
		id := strings.TrimPrefix(r.URL.Path, barePath)
		err := d.collection.FindOne(r.Context(), bson.D{{Key: "_id", Value: id}}).Decode(&found)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(found.Data) // a client that is gone can't be told
	})}
	go func() { b.served <- b.server.Serve(l) }()
	return b, nil
}

func (b *bare) close() error {
	b.Close()
	err := b.server.Close()
	if served := <-b.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
