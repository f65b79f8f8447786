package ctl_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"tiffin/ctl/faults"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

var (
	orderViews = fault.Consumer{Kind: fault.View, Owner: "customer", Name: "orders", Version: 3}
	menus      = fault.Consumer{Kind: fault.Replica, Owner: "ordering", Name: "menus", Version: 1}
)

// park parks the events for the key, the first of them with a reason, and returns the fault's id.
func (p place) park(c fault.Consumer, k fault.Key, why string, events ...eventlog.Event) string {
	p.Helper()
	for i, e := range events {
		entry := fault.Entry{Consumer: c, Key: k, Event: e.Record}
		if i == 0 {
			entry.Error, entry.Stack = why, "goroutine 1\nbff/customer/orders/apply.go"
		}
		require.NoError(p, p.Faults.Park(p.Context(), entry))
	}
	return fault.ID(c, k)
}

// sealed returns the event as it stands in the log.
func (p place) sealed(e eventlog.Event) eventlog.Event {
	p.Helper()
	e, found, err := p.Log.At(p.Context(), e.Position, eventlog.Closed, e.Data)
	require.NoError(p, err)
	require.True(p, found)
	return e
}

// serve answers the consumer's requests until the test ends.
func (p place) serve(c fault.Consumer, answer func(fault.Request) fault.Outcome) {
	ctx, cancel := context.WithCancel(p.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = p.Faults.Serve(ctx, c, func(_ context.Context, asked []fault.Request) ([]fault.Outcome, error) { // until it is told to stop
			var out []fault.Outcome
			for _, r := range asked {
				out = append(out, answer(r))
			}
			return out, nil
		})
	}()
	p.Cleanup(func() {
		cancel()
		<-ended
	})
}

func lines[T any](t *testing.T, text string) []T {
	t.Helper()
	var all []T
	for line := range strings.Lines(text) {
		var one T
		require.NoError(t, json.Unmarshal([]byte(line), &one))
		all = append(all, one)
	}
	return all
}

func TestFaultsAreListedAndShownWithoutWhatIsPersonal(t *testing.T) {
	p := newPlace(t)
	require.Equal(t, "nothing is parked\n", p.prints("faults", "list"))
	id := newID()
	first := p.sealed(record(p, id, eventlog.Command{ID: "c1"}, placed(newID())))
	open, err := proto.Marshal(placed("ada")) // as if it had been appended in the open
	require.NoError(t, err)
	second := eventlog.Event{Record: eventlog.Record{Position: 7, Subject: first.Record.Subject, Data: open, Header: nats.Header{
		"ce-id": {newID()}, "ce-type": {"ordering.OrderPlaced"},
	}}}
	broken := eventlog.Event{Record: eventlog.Record{Position: 9, Subject: "evt.restaurant.x", Data: []byte{0xff}, Header: nats.Header{}}}
	orders := p.park(orderViews, fault.Key{Kind: fault.Document, ID: id}, "panic: no\tprice\nat all", first, second)
	menu := p.park(menus, fault.Key{Kind: fault.Subject, ID: broken.Record.Subject}, "event has no id", broken)

	listed := p.prints("faults", "list")
	for _, want := range []string{orders, menu, "panic: no price at all", "event has no id"} {
		require.Contains(t, listed, want)
	}
	require.Len(t, strings.Split(strings.TrimSpace(listed), "\n"), 3)
	for line, want := range map[string]string{
		"--consumer view": orders, "--consumer view.customer.orders": orders, "--consumer replica.ordering": menu, "--error panic": orders, menu: menu,
	} {
		var all []faults.Fault
		require.NoError(t, json.Unmarshal([]byte(p.prints(append([]string{"faults", "list", "--json"}, strings.Fields(line)...)...)), &all))
		require.Len(t, all, 1, line)
		require.Equal(t, want, all[0].Fault)
	}
	require.Equal(t, "[]\n", p.prints("faults", "list", "--json", "--error", "else"))

	told := p.prints("faults", "show", orders)
	for _, want := range []string{"view.customer.orders.v3", id, "panic: no\tprice", "apply.go", "Pan & Salt", "[REDACTED]", "behind it     7"} {
		require.Contains(t, told, want)
	}
	require.Contains(t, p.prints("faults", "show", "-n", "0", orders), "and 1 more")
	for _, text := range []string{told, p.prints("faults", "show", "--json", orders)} {
		require.NotContains(t, text, street)
		require.NotContains(t, text, "sealed")
	}
	require.Len(t, lines[faults.Entry](t, p.prints("faults", "show", "--json", orders)), 2)
	require.Contains(t, p.prints("faults", "show", menu), "can't be shown")
	require.Contains(t, p.fails("faults", "show", "view.customer.orders.v3.document.x"), "nothing is parked under")
	require.Contains(t, p.fails("faults", "list", "--consumer", "orders"), "begins with one of")
	require.Contains(t, p.fails("faults", "list", "--consumer", "view.customer.orders.v1"), "reads like")

	out, _, err := p.command(t.Context(), "__complete", "faults", "show", "view")
	require.NoError(t, err)
	require.Contains(t, strings.Split(out, "\n"), orders)
	out, _, err = p.command(t.Context(), "__complete", "faults", "list", "--consumer", "")
	require.NoError(t, err)
	require.Contains(t, strings.Split(out, "\n"), "replica.ordering.menus")
}

func TestResubmittingIsADryRunUnlessItIsToBeDone(t *testing.T) {
	p := newPlace(t)
	var ids []string
	for i := range 3 {
		id := newID()
		e := p.sealed(record(p, id, eventlog.Command{}, cancelled("late")))
		ids = append(ids, p.park(orderViews, fault.Key{Kind: fault.Document, ID: id}, []string{"panic: a", "panic: b", "panic: b"}[i], e))
	}
	fixed := map[string]bool{ids[0]: true, ids[1]: true}
	p.serve(orderViews, func(r fault.Request) fault.Outcome {
		if !fixed[r.FaultID] {
			return fault.Outcome{At: 3, Error: "panic: b"}
		}
		if !r.DryRun {
			require.NoError(t, p.Faults.Drop(t.Context(), r.FaultID, 3))
		}
		return fault.Outcome{Processed: 1, Resolved: true}
	})
	resubmit := func(line ...string) (string, string, error) {
		return p.command(t.Context(), append([]string{"faults", "resubmit", "--per-second", "1000"}, line...)...)
	}
	left := func() int { return strings.Count(p.prints("faults", "list"), "view.customer.orders") }

	out, told, err := resubmit(ids[0])
	require.NoError(t, err)
	require.Contains(t, out, ids[0]+": 1 of 1 would be processed")
	require.Contains(t, told, "--execute")
	require.Equal(t, 3, left())

	out, _, err = resubmit("--all", "--json")
	require.ErrorContains(t, err, "1 of 3 faults would still be there")
	for _, o := range lines[faults.Outcome](t, out) {
		require.True(t, o.DryRun)
		require.Equal(t, fixed[o.Fault], o.Resolved)
	}
	require.Equal(t, 3, left())

	_, _, err = resubmit("--error", "panic: a", "--execute")
	require.NoError(t, err)
	require.Equal(t, 2, left())
	require.Contains(t, p.fails("faults", "resubmit", "--execute", ids[0]), "nothing is parked under")
	out, _, err = resubmit("--consumer", "view.customer.orders", "--execute")
	require.ErrorContains(t, err, "1 of 2 faults are still there")
	require.Contains(t, out, "3 still can't be: panic: b")
	require.Equal(t, 1, left())

	require.Contains(t, p.fails("faults", "resubmit"), "--all")
	require.Contains(t, p.fails("faults", "resubmit", "--all", ids[0]), "nothing to choose")
	_, told, err = resubmit("--error", "nothing says this")
	require.NoError(t, err)
	require.Contains(t, told, "nothing is parked")
}

func TestAConsumerThatDoesNotAnswerIsNotWaitedForForEver(t *testing.T) {
	p := newPlace(t)
	id := newID()
	e := p.sealed(record(p, id, eventlog.Command{}, cancelled("late")))
	parked := p.park(orderViews, fault.Key{Kind: fault.Document, ID: id}, "no", e)
	require.Contains(t, p.fails("faults", "resubmit", "--all", "--execute", "--patience", "50ms"), "0 of 1 faults were answered")
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	_, _, err := p.command(ctx, "faults", "resubmit", "--all", "--execute")
	require.ErrorContains(t, err, "interrupted after 0 of 1 faults")

	asked := make(chan fault.Request, 1)
	p.serve(orderViews, func(r fault.Request) fault.Outcome { // it was asked while it was away
		asked <- r
		return fault.Outcome{Processed: 1, Resolved: true}
	})
	r := <-asked
	require.Equal(t, parked, r.FaultID)
	require.False(t, r.DryRun)
}

func TestWhoOnlyLooksMakesNoPlaceForFaults(t *testing.T) {
	p := newPlace(t)
	js, err := p.NATS.JetStream()
	require.NoError(t, err)
	require.NoError(t, js.DeleteStream(fault.Stream))
	require.Contains(t, p.fails("faults", "list"), fault.ErrNoFaults.Error())
	_, err = js.StreamInfo(fault.Stream)
	require.ErrorIs(t, err, nats.ErrStreamNotFound)
}
