package gateway_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	egress "tiffin/platform/gateway"
	"tiffin/services/payment"
)

// What the gateway can't understand is asked for once it can, and nobody else's card waits for it.
func TestAnIntentThatCantBeUnderstoodIsParkedAndCarriedOutWhenItCan(t *testing.T) {
	b := newBackend(t)
	faults, err := fault.Open(t.Context(), b.nc, fault.Options{})
	require.NoError(t, err)
	h := newHouse(t, b, t.TempDir())
	defer h.close()
	var fixed atomic.Bool
	buggy := func(o *egress.Options[intent, outcome]) {
		o.Faults = faults
		route := o.Route
		o.Route = func(e eventlog.Event) egress.Change[intent] {
			event, _ := e.Data.(*paymentv1.PaymentEvent)
			if event.GetAuthorizationRequested().GetCardToken() == "tok_ok_of_a_browser" && !fixed.Load() {
				panic("what card is this?")
			}
			return route(e)
		}
	}
	stop := h.run(buggy)
	bad, good := h.authorize("tok_ok_of_a_browser"), h.authorize("tok_ok")
	require.Equal(t, payment.Authorized, h.settled(good).Status)
	parked := func(events int) {
		t.Helper()
		require.Eventually(t, func() bool {
			list, err := faults.List(t.Context(), fault.Query{Kind: fault.Gateway, Owner: "payment"}, "", 0)
			require.NoError(t, err)
			n := 0
			for _, f := range list {
				n += f.Count
			}
			return n == events
		}, patience, time.Millisecond)
	}
	parked(1)
	ctx, cancel := service()
	defer cancel()
	_, err = h.payments.VoidPayment(ctx, &paymentv1.VoidPaymentRequest{PaymentId: bad})
	require.NoError(t, err)
	parked(2)
	stop()

	defer h.run(buggy)() // a successor, which knows what is parked
	resubmit := func(dryRun bool) (out []fault.Outcome) {
		require.NoError(t, faults.Resubmit(context.WithoutCancel(ctx), fault.Query{}, fault.Resubmission{
			DryRun: dryRun, Done: func(_ fault.Fault, o fault.Outcome) { out = append(out, o) },
		}))
		return out
	}
	require.Equal(t, "panic: what card is this?", resubmit(false)[0].Error)
	parked(2)
	fixed.Store(true)
	require.True(t, resubmit(true)[0].Resolved)
	for _, o := range h.statement() {
		require.NotEqual(t, bad, payment.Of(o.ID), "a dry run asks for nothing")
	}
	require.True(t, resubmit(false)[0].Resolved)
	require.Equal(t, payment.Voided, h.settled(bad).Status)
	parked(0)
	h.agree(t)
}
