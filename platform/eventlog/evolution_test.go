package eventlog

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/problem"
	"tiffin/platform/seal"
)

func cancelledBy(reason, code string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{
		OrderCancelled: &orderingv1.OrderCancelled{Reason: reason, ReasonCode: code},
	}}
}

func rejectedBy(reason string) *orderingv1.OrderEvent {
	return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderRejected{OrderRejected: &orderingv1.OrderRejected{Reason: reason}}}
}

var (
	// moved makes another event of one that is not written any more.
	moved = NewUpcaster("ordering.OrderRejected", func(e *orderingv1.OrderEvent) *orderingv1.OrderEvent {
		return cancelledBy(e.GetOrderRejected().GetReason(), "")
	})
	// coded fills a field that is younger than the event.
	coded = NewUpcaster("ordering.OrderCancelled", func(e *orderingv1.OrderEvent) *orderingv1.OrderEvent {
		if c := e.GetOrderCancelled(); c.GetReasonCode() == "" {
			c.ReasonCode = "UNSAID"
		}
		return e
	})
)

// opened returns a log with upcasters, on a hub.
func opened(t *testing.T, nc *nats.Conn, upcasters ...Upcaster) *Log {
	t.Helper()
	log, err := Open(t.Context(), nc, Options{Keys: seal.Memory(), Upcasters: upcasters})
	require.NoError(t, err)
	return log
}

// orders keeps the last event of each order.
func orders(log *Log) *Aggregate[*orderingv1.OrderEvent, *orderingv1.OrderEvent] {
	return NewAggregate(log, func(_, e *orderingv1.OrderEvent, _ Meta) (*orderingv1.OrderEvent, error) { return e, nil })
}

func TestWhoReadsTheLogSeesTodaysEventsOnly(t *testing.T) {
	nc, id := hubtest.Connect(t), ulid.Make().String()
	before := orders(opened(t, nc))
	for _, e := range []*orderingv1.OrderEvent{rejectedBy("closed"), cancelledBy("late", ""), cancelledBy("late", "OVERDUE")} {
		_, err := before.Execute(t.Context(), id, func(*orderingv1.OrderEvent) (*orderingv1.OrderEvent, error) { return e, nil })
		require.NoError(t, err)
	}
	want := []*orderingv1.OrderEvent{cancelledBy("closed", "UNSAID"), cancelledBy("late", "UNSAID"), cancelledBy("late", "OVERDUE")}
	today := opened(t, nc, moved, coded)

	events, err := today.Bearing(t.Context(), id, Opened, &orderingv1.OrderEvent{})
	require.NoError(t, err)
	require.Len(t, events, len(want))
	for i, e := range events {
		require.NoError(t, e.Err)
		require.Equal(t, "ordering.OrderCancelled", e.Type)
		require.True(t, proto.Equal(want[i], e.Data), "%v", e.Data)
	}
	_, err = orders(today).Execute(t.Context(), id, func(last *orderingv1.OrderEvent) (*orderingv1.OrderEvent, error) {
		require.True(t, proto.Equal(want[2], last))
		return nil, nil
	})
	require.NoError(t, err)
	// The log still has what was written.
	e, _, err := opened(t, nc).At(t.Context(), 1, Opened, &orderingv1.OrderEvent{})
	require.NoError(t, err)
	require.True(t, proto.Equal(rejectedBy("closed"), e.Data))
}

func TestAnUpcasterThatFailsIsTheEventsError(t *testing.T) {
	data, err := proto.Marshal(rejectedBy("closed"))
	require.NoError(t, err)
	h := nats.Header{hdrID: {"01E"}, hdrType: {"ordering.OrderRejected"}, hdrTime: {"1970-01-01T00:00:01Z"}}
	for name, upcast := range map[string]func(proto.Message) proto.Message{
		"panics":        func(proto.Message) proto.Message { panic("no") },
		"makes nothing": func(proto.Message) proto.Message { return nil },
		"makes no case": func(proto.Message) proto.Message { return &orderingv1.OrderEvent{} },
		"makes another domain's": func(proto.Message) proto.Message {
			return &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketReady{}}
		},
	} {
		r := reading{prototypesOf(&orderingv1.OrderEvent{}), []Upcaster{{"ordering.OrderRejected", upcast}}}
		e := decode(1, "evt.ordering.01A", h, data, r)
		require.ErrorContains(t, e.Err, "upcast ordering.OrderRejected", name)
		require.Nil(t, e.Data, name)
	}
	_, err = Open(t.Context(), hubtest.Connect(t), Options{Keys: seal.Memory(), Upcasters: []Upcaster{{Type: "ordering.OrderPlaced"}}})
	require.ErrorContains(t, err, "needs a type and a function")
}

// newer is an event of a later version: a case of the oneof that these protos don't have.
func newer(id string) *nats.Msg {
	return &nats.Msg{Subject: "evt.ordering." + id, Data: []byte{0xf2, 0x3f, 0}, Header: nats.Header{
		hdrID: {ulid.Make().String()}, hdrType: {"ordering.OrderTeleported"}, hdrTime: {"2030-01-02T03:04:05Z"},
	}}
}

func TestANewerEventIsToldFromABrokenOne(t *testing.T) {
	r := reading{prototypes: prototypesOf(&orderingv1.OrderEvent{})}
	read := func(kind string, data []byte) Event {
		m := newer("01A")
		m.Header[hdrType] = []string{kind}
		return decode(1, m.Subject, m.Header, data, r)
	}
	unknown := newer("01A").Data
	e := read("ordering.OrderTeleported", unknown)
	require.ErrorIs(t, e.Err, ErrNewer)
	require.True(t, IgnoreNewer.Ignores(e))
	require.False(t, HoldNewer.Ignores(e))
	known, err := proto.Marshal(rejectedBy("closed"))
	require.NoError(t, err)
	for name, broken := range map[string]Event{
		"another type's data": read("ordering.OrderTeleported", known), "a known type's without it": read("ordering.OrderPlaced", unknown),
		"no type": read("", unknown), "no protobuf": read("ordering.OrderTeleported", []byte{0xff}), "another domain's": read("kitchen.TicketBurnt", unknown),
	} {
		require.Error(t, broken.Err, name)
		require.NotErrorIs(t, broken.Err, ErrNewer, name)
		require.False(t, IgnoreNewer.Ignores(broken), name)
	}
}

func TestACommandOnWhatANewerVersionChangedIsToBeRepeated(t *testing.T) {
	nc, id := hubtest.Connect(t), ulid.Make().String()
	log := opened(t, nc)
	_, err := nc.RequestMsg(newer(id), time.Minute)
	require.NoError(t, err)
	_, err = orders(log).Execute(t.Context(), id, func(*orderingv1.OrderEvent) (*orderingv1.OrderEvent, error) {
		return rejectedBy("blind"), nil
	})
	var p *problem.Problem
	require.ErrorAs(t, err, &p)
	require.Equal(t, problem.Unavailable, p.Kind)
	require.Equal(t, "NEWER_VERSION", p.Code)
}
