package replica_test

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/replica"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// A map of the embedded hub's own that lives as long as the process.
		goleak.IgnoreTopFunction("github.com/nats-io/nats-server/v2/server.init.0.func1"))
}

const patience = 30 * time.Second

type event = orderingv1.OrderEvent

// reasons are why an order was cancelled, again and again.
type reasons []string

// release is a version of the code: it can't fold what is poison to it.
type release map[string]bool

func (r release) fold(s reasons, e eventlog.Event) (reasons, error) {
	reason := e.Data.(*event).GetOrderCancelled().GetReason()
	if r[reason] {
		panic(reason)
	}
	return append(s[:len(s):len(s)], reason), nil
}

// shop is a log with orders, and what is parked.
type shop struct {
	*testing.T
	nc     *nats.Conn
	log    *eventlog.Log
	faults *fault.Store
	orders *eventlog.Aggregate[int, *event]
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{T: t, nc: hubtest.Connect(t)}
	s.log = eventlogtest.On(t, s.nc)
	var err error
	s.faults, err = fault.Open(t.Context(), s.nc, fault.Options{})
	require.NoError(t, err)
	s.orders = eventlog.NewAggregate(s.log, func(n int, _ *event, _ eventlog.Meta) (int, error) { return n + 1, nil })
	return s
}

func (s *shop) cancel(id, reason string) uint64 {
	s.Helper()
	at, err := s.orders.Execute(s.Context(), id, func(int) (*event, error) {
		return &event{Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{Reason: reason}}}, nil
	})
	require.NoError(s, err)
	return at
}

// start runs a replica with the release until the test ends or stop is called.
func (s *shop) start(code release, change ...func(*replica.Spec[reasons])) (r *replica.Replica[reasons], stop func()) {
	s.Helper()
	spec := replica.Spec[reasons]{Owner: "kitchen", Name: "reasons", Domain: &event{}, Fold: code.fold}
	for _, f := range change {
		f(&spec)
	}
	r = replica.New(s.log, spec, replica.Options{Faults: s.faults})
	ctx, cancel := context.WithCancel(s.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	stop = func() {
		cancel()
		if err, open := <-ended; open {
			require.ErrorIs(s, err, context.Canceled)
			close(ended)
		}
	}
	s.Cleanup(stop)
	return r, stop
}

func (s *shop) reached(r *replica.Replica[reasons], at uint64) {
	s.Helper()
	require.Eventually(s, func() bool { return r.Ready() && r.Position() >= at }, patience, time.Millisecond)
}

// parked are the positions that are parked, by their faults' ids.
func (s *shop) parked() map[string][]uint64 {
	s.Helper()
	out := map[string][]uint64{}
	all, err := s.faults.List(s.Context(), fault.Query{}, "", 0)
	require.NoError(s, err)
	for _, f := range all {
		entries, err := s.faults.Sequence(s.Context(), f.ID)
		require.NoError(s, err)
		for _, e := range entries {
			out[f.ID] = append(out[f.ID], e.Event.Position)
		}
	}
	return out
}

// count is how many events are parked.
func (s *shop) count() (n int) {
	s.Helper()
	all, err := s.faults.List(s.Context(), fault.Query{}, "", 0)
	require.NoError(s, err)
	for _, f := range all {
		n += f.Count
	}
	return n
}

func (s *shop) resubmit(dryRun bool) (out []fault.Outcome) {
	s.Helper()
	require.NoError(s, s.faults.Resubmit(s.Context(), fault.Query{}, fault.Resubmission{
		DryRun: dryRun, PerSecond: 1000, Done: func(_ fault.Fault, o fault.Outcome) { out = append(out, o) },
	}))
	return out
}

func (s *shop) requireOf(r *replica.Replica[reasons], id string, want ...string) {
	s.Helper()
	got, err := r.Of(id)
	require.NoError(s, err)
	require.Equal(s, want, []string(got))
}

// faultOf is the id of the fault of an order's.
func faultOf(id string) string {
	return fault.ID(fault.Consumer{Kind: fault.Replica, Owner: "kitchen", Name: "reasons", Version: 1}, fault.Key{Kind: fault.Subject, ID: "evt.ordering." + id})
}
