package view

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// trail is a document that tells which events made it, and in which order.
type trail struct {
	Trail []string `bson:"trail"`
}

// release is a state of the code of a view: the first has bugs.
type release struct{ fixed atomic.Bool }

// trails keeps a document for each order and one for each restaurant. A completed order is deleted. Until its bugs are fixed,
// an order cancelled for the reason "poison" can't be applied to either, one for "odd poison" to those that have seen an even
// number of events, and one for "nowhere" can't be routed.
func trails(name string, r *release) Spec[trail] {
	return Spec[trail]{
		Name: name, Version: 1, Reads: []proto.Message{&orderingv1.OrderEvent{}},
		Route: func(e Event) []string {
			switch o := e.Data.(*orderingv1.OrderEvent).Event.(type) {
			case *orderingv1.OrderEvent_OrderCancelled:
				if o.OrderCancelled.GetReason() == "nowhere" && !r.fixed.Load() {
					panic("where to?")
				}
				return []string{e.AggregateID, o.OrderCancelled.RestaurantId, e.AggregateID}
			case *orderingv1.OrderEvent_OrderCompleted:
				return []string{e.AggregateID, o.OrderCompleted.RestaurantId}
			}
			return nil
		},
		Apply: func(d *trail, e Event) Verdict {
			o := e.Data.(*orderingv1.OrderEvent)
			reason := o.GetOrderCancelled().GetReason()
			d.Trail = append(d.Trail, fmt.Sprintf("%d %s", e.Position, reason))
			if !r.fixed.Load() && (reason == "poison" || reason == "odd poison" && len(d.Trail)%2 == 1) {
				panic("poison")
			}
			if o.GetOrderCompleted() != nil {
				return Delete
			}
			return Keep
		},
	}
}

// fixed is trails without bugs.
func fixed(name string) Spec[trail] {
	r := &release{}
	r.fixed.Store(true)
	return trails(name, r)
}

func cancelled(restaurant, reason string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{
		OrderCancelled: &orderingv1.OrderCancelled{RestaurantId: restaurant, Reason: reason},
	}}
}

func completed(restaurant string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCompleted{
		OrderCompleted: &orderingv1.OrderCompleted{RestaurantId: restaurant},
	}}
}

func event(position uint64, order string, data *orderingv1.OrderEvent) Event {
	raw, err := proto.Marshal(data)
	if err != nil {
		panic(err)
	}
	id, at := strconv.FormatUint(position, 10), time.Unix(int64(position), 0).UTC()
	return Event{
		Position: position, ID: id, Type: eventlog.TypeOf(data), Domain: "ordering", AggregateID: order, Time: at, Data: data,
		Record: eventlog.Record{
			Position: position, Subject: "evt.ordering." + order, Data: raw, Header: nats.Header{
				"ce-id": {id}, "ce-type": {eventlog.TypeOf(data)}, "ce-time": {at.Format(time.RFC3339Nano)},
			},
		},
	}
}

type fataler interface {
	Helper()
	Fatal(args ...any)
}

// stored returns the documents of a collection as they are stored, but for how often they were made anew.
func stored(ctx context.Context, t fataler, c *mongo.Collection) map[string]Document[trail] {
	t.Helper()
	cursor, err := c.Find(ctx, bson.D{})
	if err != nil {
		t.Fatal(err)
	}
	var all []Document[trail]
	if err := cursor.All(ctx, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string]Document[trail]{}
	for _, d := range all {
		d.Refolded = 0
		out[d.ID] = d
	}
	return out
}

// replayed returns the documents that a clean replay of the log makes, up to a position.
func replayed(t fataler, spec Spec[trail], log []Event, upTo uint64) map[string]Document[trail] {
	t.Helper()
	out := map[string]Document[trail]{}
	for _, e := range log {
		if e.Position > upTo {
			break
		}
		ids, err := spec.route(&e)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			d, found := out[id]
			if !found {
				d.ID = id
			}
			if err := spec.apply(&d, &e); err != nil {
				t.Fatal(err)
			}
			out[id] = d
		}
	}
	return out
}
