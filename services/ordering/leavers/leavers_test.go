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
	"tiffin/services/ordering/leavers"
)

func TestWhoIsLeaving(t *testing.T) {
	log := eventlogtest.Log(t)
	customers := eventlog.NewAggregate(log, func(n int, _ *customerv1.CustomerEvent, _ eventlog.Meta) (int, error) { return n + 1, nil })
	appended := func(id string, e *customerv1.CustomerEvent) {
		_, err := customers.Execute(t.Context(), id, func(int) (*customerv1.CustomerEvent, error) { return e, nil })
		require.NoError(t, err)
	}
	stays, leaves := ulid.Make().String(), ulid.Make().String()
	for _, id := range []string{stays, leaves} {
		appended(id, &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_CustomerRegistered{CustomerRegistered: &customerv1.CustomerRegistered{}}})
	}
	l := leavers.New(log)
	require.False(t, l.Ready())
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx) }()
	require.Eventually(t, l.Ready, 30*time.Second, time.Millisecond)
	require.False(t, l.Has(leaves))
	appended(leaves, &customerv1.CustomerEvent{Event: &customerv1.CustomerEvent_ErasureRequested{ErasureRequested: &customerv1.ErasureRequested{}}})
	require.Eventually(t, func() bool { return l.Has(leaves) }, 30*time.Second, time.Millisecond)
	require.False(t, l.Has(stays))
	cancel()
	require.NoError(t, <-done)
}
