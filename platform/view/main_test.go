package view

import (
	"context"
	"fmt"
	"strconv"
	"testing"
	"time"

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

// trails keeps a document for each order and one for each restaurant. A completed order is deleted; an order cancelled for
// the reason "poison" can't be applied to its restaurant.
func trails(name string) Spec[trail] {
	return Spec[trail]{
		Name: name, Version: 1, Reads: []proto.Message{&orderingv1.OrderEvent{}},
		Route: func(e Event) []string {
			switch o := e.Data.(*orderingv1.OrderEvent).Event.(type) {
			case *orderingv1.OrderEvent_OrderCancelled:
				return []string{e.AggregateID, o.OrderCancelled.RestaurantId, e.AggregateID}
			case *orderingv1.OrderEvent_OrderCompleted:
				return []string{e.AggregateID, o.OrderCompleted.RestaurantId}
			}
			return nil
		},
		Apply: func(d *trail, e Event) Verdict {
			o := e.Data.(*orderingv1.OrderEvent)
			d.Trail = append(d.Trail, fmt.Sprintf("%d %s", e.Position, o.GetOrderCancelled().GetReason()))
			if o.GetOrderCancelled().GetReason() == "poison" && len(d.Trail) > 0 {
				panic("poison")
			}
			if o.GetOrderCompleted() != nil {
				return Delete
			}
			return Keep
		},
	}
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
	return Event{
		Position: position, ID: strconv.FormatUint(position, 10), Type: eventlog.TypeOf(data), Domain: "ordering", AggregateID: order,
		Time: time.Unix(int64(position), 0), Data: data,
	}
}

type fataler interface {
	Helper()
	Fatal(args ...any)
}

// stored returns the documents of a collection as they are stored.
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
		ids, err := spec.route(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			d, found := out[id]
			if !found {
				d.ID = id
			}
			if err := spec.apply(&d, e); err != nil {
				t.Fatal(err)
			}
			out[id] = d
		}
	}
	return out
}
