package eventlog

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"google.golang.org/protobuf/testing/protocmp"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/seal"
)

func TestAnEventSurvivesItsEncoding(t *testing.T) {
	want := Event{
		Position: 7, ID: "01E", Type: "ordering.OrderConfirmed", Domain: "ordering", AggregateID: "01A",
		Time:      time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC),
		CommandID: "c", CorrelationID: "r", CausationID: "s", Fingerprint: "f",
		Data: &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderConfirmed{
			OrderConfirmed: &orderingv1.OrderConfirmed{CustomerId: "k"},
		}},
	}
	msg, err := encode(t.Context(), seal.Memory(), want)
	if err != nil {
		t.Fatal(err)
	}
	got := decode(7, msg.Subject, msg.Header, msg.Data, reading{prototypes: prototypesOf(&orderingv1.OrderEvent{})})
	want.Record = Record{Position: 7, Subject: msg.Subject, Header: msg.Header, Data: msg.Data}
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Fatal(diff)
	}
}

func FuzzDecode(f *testing.F) {
	msg, err := encode(f.Context(), seal.Memory(), Event{
		ID: "01E", Type: "ordering.OrderCompleted", Domain: "ordering", AggregateID: "01A", Time: time.Unix(1, 0),
		Data: &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCompleted{OrderCompleted: &orderingv1.OrderCompleted{}}},
	})
	if err != nil {
		f.Fatal(err)
	}
	read := reading{prototypesOf(&orderingv1.OrderEvent{}), []Upcaster{coded}}
	f.Add(msg.Subject, "ordering.OrderCompleted", "1970-01-01T00:00:01Z", "00-1-2-3", msg.Data)
	f.Add("evt.ordering.", "", "", "", []byte{0xff})
	f.Fuzz(func(t *testing.T, subject, kind, at, parent string, data []byte) {
		h := nats.Header{hdrID: {"01E"}, hdrType: {kind}, hdrTime: {at}, "traceparent": {parent}}
		e := decode(1, subject, h, data, read)
		if (e.Err == nil) == (e.Data == nil) {
			t.Fatalf("either data or an error, got %v and %v", e.Data, e.Err)
		}
	})
}
