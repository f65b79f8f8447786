package golden

import (
	"testing"

	"github.com/nats-io/nats.go"
	"google.golang.org/protobuf/proto"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
)

// FuzzDecode breaks what was published: it is read, or says why not, and what is read can be written again.
func FuzzDecode(f *testing.F) {
	domains := map[string]proto.Message{}
	for _, m := range []proto.Message{&orderingv1.OrderEvent{}, &courierv1.CourierEvent{}, &fulfilmentv1.FulfilmentEvent{}} {
		domain := eventlog.DomainOf(m)
		domains[domain] = m
		golden, err := read(files, domain)
		if err != nil {
			f.Fatal(err)
		}
		for _, p := range golden {
			f.Add(domain, p.Type, p.Data)
		}
	}
	// It begins anew with what it has made, so it must come to an end, and be of the domain.
	swap := eventlog.NewUpcaster("ordering.OrderRejected", func(e *orderingv1.OrderEvent) *orderingv1.OrderEvent {
		return &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{
			OrderCancelled: &orderingv1.OrderCancelled{Reason: e.GetOrderRejected().GetReason()},
		}}
	})
	f.Fuzz(func(t *testing.T, domain, kind string, data []byte) {
		message, ok := domains[domain]
		if !ok {
			return
		}
		m := &nats.Msg{Subject: "evt." + domain + "." + id, Data: data, Header: nats.Header{
			"ce-id": {id}, "ce-type": {kind}, "ce-time": {"2026-01-02T12:00:00Z"},
		}}
		e := eventlog.Decode(1, m, []eventlog.Upcaster{swap}, message)
		if (e.Err == nil) == (e.Data == nil) {
			t.Fatalf("either data or an error, got %v and %v", e.Data, e.Err)
		}
		if e.Err != nil {
			return
		}
		if eventlog.TypeOf(e.Data) != e.Type || e.Type == "ordering.OrderRejected" {
			t.Fatalf("%s is read as %s", kind, e.Type)
		}
		if _, err := proto.Marshal(e.Data); err != nil {
			t.Fatal(err)
		}
	})
}
