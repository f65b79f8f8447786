package leavers_test

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/problem"
	"tiffin/services/ordering/leavers"
)

func TestWhoIsLeaving(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	customers := eventlog.NewAggregate(log, func(n int, _ *customerv1.CustomerEvent, _ eventlog.Meta) (int, error) { return n + 1, nil })
	appended := func(id string, e *customerv1.CustomerEvent) {
		_, err := customers.Execute(t.Context(), id, func(int) (*customerv1.CustomerEvent, error) { return e, nil })
		require.NoError(t, err)
	}
	stays, leaves := ulid.Make().String(), ulid.Make().String()
	for _, id := range []string{stays, leaves} {
		appended(id, &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_CustomerRegistered{CustomerRegistered: &customerv1.CustomerRegistered{}}})
	}
	unreadable := ulid.Make().String()
	require.NoError(t, nc.Publish("evt.customer."+unreadable, []byte{0xff}))
	require.NoError(t, nc.Flush())
	l := leavers.New(log, faults)
	require.False(t, l.Ready())
	_, err = l.Has(stays)
	require.Equal(t, problem.Unavailable, problem.From(err).Kind, "nobody is known before the log was read")
	has := func(id string) bool {
		leaving, err := l.Has(id)
		require.NoError(t, err)
		return leaving
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx) }()
	require.Eventually(t, l.Ready, 30*time.Second, time.Millisecond)
	require.False(t, has(leaves))
	appended(leaves, &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_ErasureRequested{ErasureRequested: &customerv1.ErasureRequested{}}})
	require.Eventually(t, func() bool { return has(leaves) }, 30*time.Second, time.Millisecond)
	require.False(t, has(stays))
	_, err = l.Has(unreadable)
	require.Equal(t, "CUSTOMER_UNREADABLE", problem.From(err).Code, "they may have asked")
	cancel()
	require.NoError(t, <-done)
}
