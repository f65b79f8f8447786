package views

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/proto"

	"tiffin/ctl/connect"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/mongolite/mongotest"
	"tiffin/platform/seal"
	"tiffin/platform/view"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// A map of the server's own that lives as long as the process.
		goleak.IgnoreTopFunction("github.com/nats-io/nats-server/v2/server.init.0.func1"))
}

// tally is a document of a view whose fields stand in another order each time that it is written.
type tally struct {
	Reasons []string       `bson:"reasons"`
	Counts  map[string]int `bson:"counts"`
}

// tallies keeps a document an order. An order that is cancelled for poison can't be applied, if so wanted.
func tallies(poisonous bool) view.Spec[tally] {
	return view.Spec[tally]{
		Name: "tallies", Version: 2, Reads: []proto.Message{&orderingv1.OrderEvent{}},
		Route: func(e view.Event) []string { return []string{e.AggregateID} },
		Apply: func(d *tally, e view.Event) view.Verdict {
			reason := e.Data.(*orderingv1.OrderEvent).GetOrderCancelled().GetReason()
			if reason == "poison" && poisonous {
				panic(reason)
			}
			if d.Counts == nil {
				d.Counts = map[string]int{}
			}
			d.Reasons = append(d.Reasons, reason)
			for _, name := range []string{reason, "a", "b", "c", "d"} {
				d.Counts[name]++
			}
			return view.Keep
		},
	}
}

// shop is a view that is served, and what verifies it.
type shop struct {
	*testing.T
	verification
	nc *nats.Conn
	db *mongo.Database
}

func newShop(t *testing.T) shop {
	t.Helper()
	nc, db := hubtest.Connect(t), mongotest.Database(t)
	log := eventlogtest.On(t, nc)
	return shop{t, verification{
		hub: &connect.Hub{Log: log, Keys: seal.Memory()}, database: db.Client(), logger: slog.New(slog.DiscardHandler),
		patience: time.Minute, told: io.Discard,
	}, nc, db}
}

func (s shop) kept(poisonous bool) kept { return keeping(s.db.Name(), tallies(poisonous)) }

func (s shop) cancel(id, reason string) uint64 {
	s.Helper()
	facts := eventlog.NewAggregate[struct{}](s.hub.Log, func(struct{}, *orderingv1.OrderEvent, eventlog.Meta) (n struct{}, err error) { return n, nil })
	at, err := facts.Execute(s.Context(), id, func(struct{}) (*orderingv1.OrderEvent, error) {
		return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{Reason: reason}}}, nil
	})
	require.NoError(s, err)
	return at
}

// serve keeps the view until what it returns is called, once it has come to the position.
func (s shop) serve(position uint64) (stop func()) {
	s.Helper()
	rebuilds, err := view.OpenRebuilds(s.Context(), s.nc, 1)
	require.NoError(s, err)
	v, err := view.New(s.hub.Log, s.db, tallies(false), view.Options{
		BFF: s.db.Name(), NATS: s.nc, Keys: s.hub.Keys, Logger: s.logger, BatchSize: 3, Rebuilds: rebuilds,
	})
	require.NoError(s, err)
	ctx, cancel := context.WithCancel(s.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = v.Run(ctx) // it says only that it was told to stop
	}()
	stop = func() {
		cancel()
		<-ended
	}
	s.Cleanup(stop)
	require.Eventually(s, func() bool { return v.Status().Position >= position }, 30*time.Second, time.Millisecond)
	return stop
}

func newID() string { return ulid.Make().String() }
