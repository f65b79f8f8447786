package orders_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/services/erasure/orders"
)

func event(id string, data proto.Message) eventlog.Event {
	return eventlog.Event{AggregateID: id, Data: data}
}

func placed(customer, order string) eventlog.Event {
	return event(order, &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{CustomerId: customer}}})
}

func cancelled(customer, order string) eventlog.Event {
	return event(order, &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{CustomerId: customer}}})
}

func ended(customer, order string) eventlog.Event {
	return event(order, &fulfilmentv1.FulfilmentEvent{Event: &fulfilmentv1.FulfilmentEvent_FulfilmentEnded{
		FulfilmentEnded: &fulfilmentv1.FulfilmentEnded{CustomerId: customer},
	}})
}

func leaves(customer, erasure string) eventlog.Event {
	return event(customer, &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_ErasureRequested{
		ErasureRequested: &customerv1.ErasureRequested{ErasureId: erasure},
	}})
}

func open(o *orders.Orders, customer string) []string {
	return slices.Sorted(slices.Values(o.Open(customer)))
}

func TestAnOrderIsOpenUntilWhateverWasBegunForItHasEnded(t *testing.T) {
	o := orders.New()
	require.Empty(t, o.Correlate(placed("ada", "o1")), "nobody leaves")
	o.Note(placed("ada", "o2"))
	o.Note(placed("bob", "o3"))
	require.Equal(t, []string{"o1", "o2"}, open(o, "ada"))
	o.Note(cancelled("ada", "o1"))
	require.Equal(t, []string{"o1", "o2"}, open(o, "ada"), "a courier may be on the way to the door")
	require.Empty(t, o.Correlate(ended("ada", "o1")))
	require.Equal(t, []string{"o2"}, open(o, "ada"))
	require.Empty(t, open(o, "carol"))
}

func TestWhatBecomesOfAnOrderIsForTheErasureOfWhoLeaves(t *testing.T) {
	o := orders.New()
	o.Note(placed("ada", "o1"))
	require.Equal(t, "e1", o.Correlate(leaves("ada", "e1")))
	require.Equal(t, "e1", o.Correlate(placed("ada", "o2")), "one that slipped through")
	require.Equal(t, "e1", o.Correlate(ended("ada", "o1")))
	require.Empty(t, o.Correlate(cancelled("ada", "o2")), "it has not ended by that")
	require.Empty(t, o.Correlate(placed("bob", "o3")))
	require.Equal(t, "e1", o.Correlate(placed("ada", "o4")), "however late")
}

// A successor is shown what its predecessor was, perhaps some of it again, and goes on as the predecessor would have.
func TestLookingBackEndsWhereThePredecessorWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log []eventlog.Event
		for i := range rapid.IntRange(1, 12).Draw(t, "orders") {
			customer := rapid.SampledFrom([]string{"ada", "bob"}).Draw(t, "customer")
			order := fmt.Sprintf("o%d", i)
			log = append(log, placed(customer, order))
			if rapid.Bool().Draw(t, "ends") {
				log = append(log, ended(customer, order))
			}
			if rapid.IntRange(0, 5).Draw(t, "leaves") == 0 {
				log = append(log, leaves(customer, "erasure of "+customer))
			}
		}
		predecessor, successor := orders.New(), orders.New()
		for _, e := range log {
			predecessor.Note(e)
		}
		seen := rapid.IntRange(0, len(log)).Draw(t, "seen")
		for _, e := range log[:seen] {
			successor.Note(e)
		}
		for _, e := range log[rapid.IntRange(0, seen).Draw(t, "again from"):] {
			successor.Correlate(e)
		}
		for _, customer := range []string{"ada", "bob"} {
			require.Equal(t, open(predecessor, customer), open(successor, customer))
			require.Equal(t, predecessor.Correlate(placed(customer, "last")), successor.Correlate(placed(customer, "last")))
		}
	})
}
