package ordering_test

import (
	"testing"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/services/ordering"
)

func TestConfirm(t *testing.T) {
	when := func(o ordering.Order) (*event, error) { return o.Confirm(&orderingv1.ConfirmOrderRequest{}) }
	run(t, []scenario{
		{name: "placed", given: events{placed}, when: when, then: confirmed},
		{name: "confirmed", given: events{placed, confirmed}, when: when},
		{name: "rejected", given: events{placed, rejected}, when: when, refused: "ORDER_NOT_OPEN", meta: map[string]string{"status": "rejected"}},
		{name: "cancelled", given: events{placed, cancelled}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "completed", given: events{placed, confirmed, completed}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "never placed", when: when, refused: "ORDER_NOT_FOUND"},
	})
}

func TestReject(t *testing.T) {
	fine := &orderingv1.RejectOrderRequest{ReasonCode: "ITEM_SOLD_OUT", Reason: "No lentils left"}
	with := func(c *orderingv1.RejectOrderRequest) func(ordering.Order) (*event, error) {
		return func(o ordering.Order) (*event, error) { return o.Reject(c) }
	}
	when := with(fine)
	run(t, []scenario{
		{name: "placed", given: events{placed}, when: when, then: rejected},
		{name: "rejected", given: events{placed, rejected}, when: when},
		{name: "confirmed", given: events{placed, confirmed}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "cancelled", given: events{placed, cancelled}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "completed", given: events{placed, confirmed, completed}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "never placed", when: when, refused: "ORDER_NOT_FOUND"},
		{
			name: "without a code", given: events{placed}, refused: "INVALID_ARGUMENT", field: "reason_code",
			when: with(but(fine, func(c *orderingv1.RejectOrderRequest) { c.ReasonCode = "" })),
		},
		{
			name: "without a word", given: events{placed}, refused: "INVALID_ARGUMENT", field: "reason",
			when: with(but(fine, func(c *orderingv1.RejectOrderRequest) { c.Reason = "" })),
		},
	})
}

func TestCancel(t *testing.T) {
	when := func(o ordering.Order) (*event, error) {
		return o.Cancel(&orderingv1.CancelOrderRequest{Reason: "Changed my mind"})
	}
	run(t, []scenario{
		{name: "placed", given: events{placed}, when: when, then: cancelled},
		{name: "confirmed", given: events{placed, confirmed}, when: when, then: cancelled},
		{name: "cancelled", given: events{placed, cancelled}, when: when},
		{name: "rejected", given: events{placed, rejected}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "completed", given: events{placed, confirmed, completed}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "never placed", when: when, refused: "ORDER_NOT_FOUND"},
		{
			name: "by the house", given: events{placed, confirmed},
			when: func(o ordering.Order) (*event, error) {
				return o.Cancel(&orderingv1.CancelOrderRequest{Reason: "Nobody came", ReasonCode: "NO_COURIER"})
			},
			then: &event{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{
				CustomerId: ada, RestaurantId: saffron, Reason: "Nobody came", ReasonCode: "NO_COURIER",
			}}},
		},
	})
}

func TestComplete(t *testing.T) {
	when := func(o ordering.Order) (*event, error) { return o.Complete(&orderingv1.CompleteOrderRequest{}) }
	run(t, []scenario{
		{name: "confirmed", given: events{placed, confirmed}, when: when, then: completed},
		{name: "completed", given: events{placed, confirmed, completed}, when: when},
		{name: "placed", given: events{placed}, when: when, refused: "ORDER_NOT_OPEN", meta: map[string]string{"status": "placed"}},
		{name: "rejected", given: events{placed, rejected}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "cancelled", given: events{placed, confirmed, cancelled}, when: when, refused: "ORDER_NOT_OPEN"},
		{name: "never placed", when: when, refused: "ORDER_NOT_FOUND"},
	})
}

// Every event of the oneof is to be evolved: a new one fails here until it is.
func TestEveryEventEvolves(t *testing.T) {
	fields := (&event{}).ProtoReflect().Descriptor().Oneofs().ByName("event").Fields()
	for i := range fields.Len() {
		e := &event{}
		m := e.ProtoReflect()
		m.Set(fields.Get(i), m.NewField(fields.Get(i)))
		if o, err := ordering.Evolve(ordering.Order{}, e); err != nil || o.Status == "" {
			t.Errorf("%s: %v, %v", fields.Get(i).Name(), o, err)
		}
	}
	if _, err := ordering.Evolve(ordering.Order{}, &event{}); err == nil {
		t.Error("an empty event evolved")
	}
}
