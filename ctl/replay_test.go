package ctl_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"tiffin/ctl/replay"
	"tiffin/ctl/views"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// serveReplays answers what the consumer is asked to replay until the test ends.
func (p place) serveReplays(c fault.Consumer, answer func(fault.Replay) fault.Replayed) {
	ctx, cancel := context.WithCancel(p.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = p.Faults.ServeReplays(ctx, c, nil, func(_ context.Context, r fault.Replay, told func(done, todo uint64)) (fault.Replayed, error) { // until it is told to stop
			told(1, 2)
			return answer(r), nil
		})
	}()
	p.Cleanup(func() {
		cancel()
		<-ended
	})
}

func TestEventsAreReplayedIntoOneConsumer(t *testing.T) {
	p := newPlace(t)
	id, other := newID(), newID()
	first := record(p, id, eventlog.Command{ID: "c1"}, placed(newID()))
	record(p, other, eventlog.Command{ID: "c2"}, placed(newID()))
	second := record(p, id, eventlog.Command{ID: "c3"}, cancelled("late"))
	version, err := views.Version("customer.orders")
	require.NoError(t, err)
	var asked []fault.Replay
	behind := 0
	p.serveReplays(fault.Consumer{Kind: fault.View, Owner: "customer", Name: "orders", Version: version}, func(r fault.Replay) fault.Replayed {
		asked = append(asked, r)
		return fault.Replayed{Concern: len(r.Positions), Keys: 1, Behind: behind}
	})
	out, told, err := p.command(t.Context(), "replay", "view.customer.orders", "--aggregate", id)
	require.NoError(t, err)
	require.Equal(t, "view.customer.orders: 2 of 2 events concern it; 1 documents would be made anew\n", out)
	require.Contains(t, told, "--execute")
	require.Contains(t, p.prints("replay", "view.customer.orders", "--type", "ordering.OrderCancelled", "--execute"), "1 documents were made anew")
	var shown replay.Outcome
	require.NoError(t, json.Unmarshal([]byte(p.prints("replay", "view.customer.orders", "--id", first.ID, "--json")), &shown))
	require.Equal(t, replay.Outcome{Consumer: "view.customer.orders", DryRun: true, Events: 1, Replayed: fault.Replayed{Concern: 1, Keys: 1}}, shown)
	require.Len(t, asked, 3)
	require.Equal(t, []uint64{first.Position, second.Position}, asked[0].Positions)
	require.True(t, asked[0].DryRun)
	require.Equal(t, []uint64{second.Position}, asked[1].Positions)
	require.False(t, asked[1].DryRun)
	require.Equal(t, []uint64{first.Position}, asked[2].Positions)
	behind = 1
	require.Contains(t, p.fails("replay", "view.customer.orders", "--aggregate", id, "--execute"), "1 documents stand behind faults")
}

func TestNothingIsReplayedThatWouldReachTheOutside(t *testing.T) {
	p := newPlace(t)
	for consumer, why := range map[string]string{
		"process.fulfilment.processes": "sends commands",
		"gateway.payment.payment":      "speaks to an outside system",
		"view.customer.nothing":        "there is no view",
		"replica.ordering":             "is no replica",
		"everything":                   "is no consumer",
	} {
		require.Contains(t, p.fails("replay", consumer, "--after", "1", "--execute"), why)
	}
	require.Contains(t, p.fails("replay", "process.fulfilment.processes", "--after", "1"), "faults resubmit")
	require.Contains(t, p.fails("replay", "replica.ordering.menus", "--execute"), "choose events")
	require.Contains(t, p.fails("replay", "replica.ordering.menus", "--domain", "restaurant"), "no such events")
	record(p, newID(), eventlog.Command{ID: "c1"}, placed(newID()))
	require.Contains(t, p.fails("replay", "replica.ordering.menus", "--id", newID()), "there is no event")
	require.Contains(t, p.fails("replay", "replica.ordering.menus", "--domain", "ordering", "--patience", "50ms"), "may not run")
	require.Contains(t, p.fails("replay", "replica.ordering.menus", "--domain", "ordering", "--patience", "50ms", "--execute"), "does it when it does")
}
