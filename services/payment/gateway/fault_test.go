package gateway_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/platform/eventlog"
	egress "tiffin/platform/gateway"
	"tiffin/services/payment"
)

// What the gateway can't understand is asked for once it can, and nobody else's card waits for it.
func TestAnIntentThatCantBeUnderstoodIsParkedAndCarriedOutWhenItCan(t *testing.T) {
	b := newBackend(t)
	h := newHouse(t, b, t.TempDir())
	defer h.close()
	var fixed atomic.Bool
	buggy := func(o *egress.Options[intent, outcome]) {
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
			n := 0
			for _, f := range h.parked(h.name) {
				n += f.Count
			}
			return n == events
		}, patience, time.Millisecond)
	}
	parked(1)
	ctx, cancel := service()
	defer cancel()
	_, err := h.payments.VoidPayment(ctx, &paymentv1.VoidPaymentRequest{PaymentId: bad})
	require.NoError(t, err)
	parked(2)
	stop()

	defer h.run(buggy)() // a successor, which knows what is parked
	require.Equal(t, "panic: what card is this?", h.resubmit(false)[0].Error)
	parked(2)
	fixed.Store(true)
	require.True(t, h.resubmit(true)[0].Resolved)
	for _, o := range h.statement() {
		require.NotEqual(t, bad, payment.Of(o.ID), "a dry run asks for nothing")
	}
	require.True(t, h.resubmit(false)[0].Resolved)
	require.Equal(t, payment.Voided, h.settled(bad).Status)
	parked(0)
	h.agree(t)
}

// What the processor says and nobody can do anything with is kept, and the processor need not say it again. What it says of the
// same payment later waits for that; what it says of others doesn't.
func TestAWebhookThatCantBeProcessedIsParkedAndRecordedWhenItCan(t *testing.T) {
	h := newHouse(t, newBackend(t), t.TempDir())
	defer h.close()
	early, good, odd := h.authorize("tok_ok"), h.authorize("tok_ok"), h.authorize("tok_ok")
	says := func(webhookID, operationID, status string) {
		h.says(webhookID, `{"type":"operation.updated","operation":{"id":"`+operationID+`","payment":"pay_1","status":"`+status+`"}}`)
	}
	says("1", early+"-capture-2", "succeeded")
	says("2", early+"-authorize-1", "succeeded")
	says("3", good+"-authorize-1", "succeeded")
	says("4", good+"-authorize-1", "refused")
	says("5", odd+"-authorize-1", "lost")
	h.says("6", "?")
	require.Equal(t, 6, h.answered(http.StatusNoContent), "the processor is not to repeat any of them")
	require.Equal(t, payment.Authorized, h.settled(good).Status)
	webhooks := h.name + "-webhooks"
	errors := map[string]string{}
	for _, f := range h.parked(webhooks) {
		errors[f.First.Key.ID] = f.First.Error
		require.Equal(t, f.First.Key.ID == early, f.Count == 2)
	}
	require.Len(t, errors, 4)
	require.Contains(t, errors[early], "the processor was not asked for this operation")
	require.Contains(t, errors[good], "another outcome of this operation is known already")
	require.Equal(t, `the processor says "lost" of operation `+odd+"-authorize-1", errors[odd])
	require.Contains(t, errors["webhooks."+webhooks], "invalid character")

	defer h.run()()
	require.Equal(t, payment.Authorized, h.settled(early).Status, "the processor is asked: a webhook is a shortcut")
	h.resubmit(false)
	require.Len(t, h.parked(webhooks), 4, "nothing was put right")
	ctx, cancel := service()
	defer cancel()
	_, err := h.payments.CapturePayment(ctx, &paymentv1.CapturePaymentRequest{PaymentId: early, Amount: eur(2500)})
	require.NoError(t, err)
	require.Equal(t, payment.Captured, h.settled(early).Status)
	h.resubmit(false)
	require.Len(t, h.parked(webhooks), 3, "it was asked for by now")
}
