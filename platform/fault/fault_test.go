package fault

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/hub/hubtest"
)

var orders = Consumer{Kind: View, Owner: "customer", Name: "orders", Version: 1}

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), hubtest.Connect(t), Options{Now: func() time.Time { return time.Unix(1, 0).UTC() }})
	require.NoError(t, err)
	return s
}

// parked is an entry for a document; without an error it stands behind another.
func parked(id string, at uint64, err string) Entry {
	e := Entry{
		Consumer: orders, Key: Key{Document, id}, Error: err,
		Event: eventlog.Record{Position: at, Subject: "evt.ordering.x", Data: []byte("sealed"), Header: nats.Header{
			"ce-id": {"01E"}, "ce-type": {"ordering.OrderPlaced"},
		}},
	}
	if err != "" {
		e.Stack = "here\nand there"
	}
	return e
}

func TestASequenceIsReadAsItWasParked(t *testing.T) {
	s := open(t)
	for _, id := range []string{"01J", "with a blank", "a.b", "=", strings.Repeat("long", 100)} {
		want := []Entry{parked(id, 9, `it said "no"`+"\nand no more"), parked(id, 12, ""), parked(id, 101, "")}
		require.NoError(t, s.Park(t.Context(), want...))
		for i := range want {
			want[i].ParkedAt = time.Unix(1, 0).UTC()
		}
		got, err := s.Sequence(t.Context(), want[0].FaultID())
		require.NoError(t, err)
		for i := range got {
			got[i].sequence = 0
		}
		require.Equal(t, want, got)
	}
	ids, err := s.Keys(t.Context(), orders)
	require.NoError(t, err)
	require.Len(t, ids, 5)
	none, err := s.Keys(t.Context(), Consumer{Kind: View, Owner: "customer", Name: "orders", Version: 11})
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestParkingTwiceIsParkingOnce(t *testing.T) {
	s := open(t)
	first, behind := parked("01J", 9, "no"), parked("01J", 12, "")
	require.NoError(t, s.Park(t.Context(), first, behind))
	require.NoError(t, s.Park(t.Context(), parked("01J", 9, "another reason"), behind, parked("01J", 13, "")))
	got, err := s.Sequence(t.Context(), first.FaultID())
	require.NoError(t, err)
	require.Len(t, got, 3)
	require.Equal(t, "no", got[0].Error)

	require.NoError(t, s.Renew(t.Context(), parked("01J", 12, "tried again")))
	got, err = s.Sequence(t.Context(), first.FaultID())
	require.NoError(t, err)
	require.Len(t, got, 3)
	require.Equal(t, "tried again", got[1].Error)

	require.NoError(t, s.Drop(t.Context(), first.FaultID(), 12))
	require.NoError(t, s.Drop(t.Context(), first.FaultID(), 12))
	require.NoError(t, s.Park(t.Context(), first), "what was dropped can be parked again")
	got, err = s.Sequence(t.Context(), first.FaultID())
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, []uint64{9, 13}, []uint64{got[0].Event.Position, got[1].Event.Position})
}

// What the server noted with an event, such as the guard that it was appended under, must not guard its parking.
func TestHeadersOfTheServerStayWithTheLog(t *testing.T) {
	s := open(t)
	e := parked("01J", 9, "no")
	e.Event.Header["Nats-Expected-Last-Subject-Sequence"], e.Event.Header["Nats-Msg-Id"] = []string{"7"}, []string{"01E"}
	other := e
	other.Event.Position = 12 // the same message id, which is no duplicate
	require.NoError(t, s.Park(t.Context(), e, other))
	got, err := s.Sequence(t.Context(), e.FaultID())
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.NotContains(t, got[0].Event.Header, "Nats-Expected-Last-Subject-Sequence")
}

func TestAnEventTooLongForOneMessageIsParkedWithoutItsData(t *testing.T) {
	s := open(t)
	e := parked("01J", 9, strings.Repeat("no ", longestError))
	e.Event.Data = make([]byte, 1<<20-100)
	require.NoError(t, s.Park(t.Context(), e))
	got, err := s.Sequence(t.Context(), e.FaultID())
	require.NoError(t, err)
	require.Nil(t, got[0].Event.Data)
	require.Less(t, len(got[0].Error), longestError+10)
	_, err = got[0].Show()
	require.ErrorContains(t, err, "in the log")
}

func TestFaultsAreListedByQueryAndPage(t *testing.T) {
	s := open(t)
	require.NoError(t, s.Park(t.Context(), parked("a", 1, "no menu"), parked("a", 2, ""), parked("b", 3, "no price")))
	menus := parked("c", 4, "no menu")
	menus.Consumer = Consumer{Kind: Replica, Owner: "ordering", Name: "menus", Version: 1}
	require.NoError(t, s.Park(t.Context(), menus))
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "abc"},
		{Query{Error: "menu"}, "ac"},
		{Query{Kind: View}, "ab"},
		{Query{Owner: "ordering"}, "c"},
		{Query{Kind: View, Error: "menu"}, "a"},
		{Query{IDs: []string{menus.FaultID()}}, "c"},
		{Query{Name: "orders"}, "ab"},
	} {
		var got []string
		faults, err := s.List(t.Context(), c.q, "", 0)
		require.NoError(t, err)
		for _, f := range faults {
			got = append(got, f.First.Key.ID)
		}
		require.ElementsMatch(t, strings.Split(c.want, ""), got, "%+v", c.q)
	}
	page, err := s.List(t.Context(), Query{}, "", 2)
	require.NoError(t, err)
	require.Len(t, page, 2)
	require.Equal(t, 2, page[1].Count)
	rest, err := s.List(t.Context(), Query{}, page[1].ID, 2)
	require.NoError(t, err)
	require.Len(t, rest, 1)
	require.Equal(t, Fault{ID: ID(orders, Key{Document, "b"}), First: rest[0].First, Count: 1, Last: 3}, rest[0])
}

// A consumer that is down, or fails on the way, answers when it is back; what was asked meanwhile is answered together.
func TestRequestsWaitForTheirConsumer(t *testing.T) {
	s := open(t)
	for _, id := range []string{"a", "b", "c"} {
		require.NoError(t, s.Park(t.Context(), parked(id, 1, "no"), parked(id, 2, "")))
	}
	var got sync.Map
	asked := make(chan error, 1)
	go func() {
		asked <- s.Resubmit(t.Context(), Query{}, Resubmission{PerSecond: 1000, Done: func(f Fault, o Outcome) { got.Store(f.First.Key.ID, o) }})
	}()
	away := errors.New("away")
	require.ErrorIs(t, s.Serve(t.Context(), orders, func(context.Context, []Request) ([]Outcome, error) { return nil, away }), away)
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- s.Serve(ctx, orders, func(_ context.Context, asked []Request) ([]Outcome, error) {
			out := make([]Outcome, len(asked))
			for i, r := range asked {
				out[i] = Outcome{Processed: 2, Resolved: strings.HasSuffix(r.FaultID, ".a")}
			}
			return out, nil
		})
	}()
	require.NoError(t, <-asked)
	cancel()
	require.ErrorIs(t, <-served, context.Canceled)
	for id, resolved := range map[string]bool{"a": true, "b": false, "c": false} {
		out, ok := got.Load(id)
		require.True(t, ok)
		require.Equal(t, Outcome{Processed: 2, Resolved: resolved}, out)
	}
}

func TestADryRunTakesNotThePlaceOfARequestThatWaits(t *testing.T) {
	s := open(t)
	require.NoError(t, s.Park(t.Context(), parked("a", 1, "no")))
	id := ID(orders, Key{Document, "a"})
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	requests := map[bool]uint64{}
	for _, dryRun := range []bool{false, true} {
		var err error
		requests[dryRun], err = s.ask(t.Context(), Request{FaultID: id, DryRun: dryRun})
		require.NoError(t, err)
	}
	go func() {
		served <- s.Serve(ctx, orders, func(_ context.Context, asked []Request) ([]Outcome, error) {
			out := make([]Outcome, len(asked))
			for i, r := range asked {
				out[i] = Outcome{Resolved: r.FaultID == id && !r.DryRun}
			}
			return out, nil
		})
	}()
	for dryRun, revision := range requests {
		out, err := s.await(t.Context(), Request{FaultID: id, DryRun: dryRun}, revision)
		require.NoError(t, err)
		require.Equal(t, !dryRun, out.Resolved)
	}
	cancel()
	require.ErrorIs(t, <-served, context.Canceled)
}

func TestWhatIsPersonalIsRedacted(t *testing.T) {
	event := &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: "ada", DeliveryAddress: &typev1.Personal{PersonId: "ada", Sealed: []byte("secret")},
	}}}
	e := parked("a", 1, "no")
	var err error
	e.Event.Data, err = proto.Marshal(event)
	require.NoError(t, err)
	shown, err := e.Show()
	require.NoError(t, err)
	require.JSONEq(t, `{"order_placed":{"customer_id":"ada","delivery_address":{"person_id":"ada","data":{"text":"[REDACTED]"}}}}`, shown)
	e.Event.Header["ce-type"] = []string{"ordering.OrderTeleported"}
	_, err = e.Show()
	require.ErrorContains(t, err, "OrderTeleported")

	require.Equal(t, "who is [REDACTED] of [REDACTED]?", Scrub("who is Ada of 1 \\\"Ada\\\" Street?", "Ada", `1 "Ada" Street`))
	require.Equal(t, "a b c", Scrub("a b c", "a", ""), "what says nothing is not looked for")
}
