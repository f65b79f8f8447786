package gateway_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"tiffin/deploy/sandbox"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	"tiffin/services/payment"
)

func TestEveryTestCardComesToItsEnd(t *testing.T) {
	b := newBackend(t)
	for _, c := range []struct {
		token   string
		status  payment.Status
		capture bool
	}{
		{"", payment.Captured, true},
		{"tok_ok", payment.Captured, true},
		{"tok_declined", payment.Declined, false},
		{"tok_insufficient", payment.Declined, false},
		{"tok_expired", payment.Declined, false},
		{"tok_ok_of_a_browser", payment.Captured, true},
		{"tok_of_nobody", payment.Declined, false},
		{"tok_uncapturable", payment.Authorized, true},
		{"tok_timeout", payment.Captured, true},
		{"tok_silent", payment.Captured, true},
		{"tok_pending", payment.Captured, true},
		{"tok_late", payment.Captured, true},
		{"tok_twice", payment.Captured, true},
		{"tok_disordered", payment.Captured, true},
		{"tok_down", payment.Captured, true},
	} {
		t.Run(c.token, func(t *testing.T) {
			h := newHouse(t, b, t.TempDir())
			defer h.close()
			defer h.run()()
			id := h.authorize(c.token)
			p := h.settled(id)
			if c.capture {
				require.Equal(t, payment.Authorized, p.Status)
				ctx, cancel := service()
				defer cancel()
				_, err := h.payments.CapturePayment(ctx, &paymentv1.CapturePaymentRequest{PaymentId: id, Amount: eur(2500)})
				require.NoError(t, err)
				p = h.settled(id)
			}
			require.Equal(t, c.status, p.Status)
			h.agree(t)
			require.Zero(t, h.answered(401)+h.answered(503))
			require.Empty(t, h.parked(h.name+"-webhooks"))
		})
	}
}

// The processor's only word may be a webhook: nobody asks here.
func TestAWebhookAloneRecordsTheOutcome(t *testing.T) {
	h := newHouse(t, newBackend(t), t.TempDir(), func(o *sandbox.Options) { o.Pending = 3 * time.Second })
	defer h.close()
	stop := h.run()
	id := h.authorize("tok_pending")
	require.Eventually(t, func() bool { return len(h.statement()) == 1 }, patience, time.Millisecond)
	stop()
	require.Equal(t, payment.Authorized, h.settled(id).Status)
	require.Eventually(t, func() bool { return h.answered(204) > 0 }, patience, time.Millisecond)
}

func TestAVoidThatWaitedIsCarriedOutWhenTheAuthorizationIsKnown(t *testing.T) {
	b := newBackend(t)
	for token, operations := range map[string]int{"tok_silent": 2, "tok_declined": 1} {
		t.Run(token, func(t *testing.T) {
			h := newHouse(t, b, t.TempDir())
			defer h.close()
			id := h.authorize(token)
			ctx, cancel := service()
			defer cancel()
			_, err := h.payments.VoidPayment(ctx, &paymentv1.VoidPaymentRequest{PaymentId: id, Reason: "Rejected"})
			require.NoError(t, err)
			defer h.run()()
			require.Equal(t, payment.Voided, h.settled(id).Status)
			require.Len(t, h.statement(), operations)
			h.agree(t)
		})
	}
}

func TestADifferenceIsFound(t *testing.T) {
	h := newHouse(t, newBackend(t), t.TempDir())
	defer h.close()
	id := h.authorize("tok_ok")
	ctx, cancel := service()
	defer cancel()
	_, err := h.payments.RecordOutcome(ctx, &paymentv1.RecordOutcomeRequest{
		PaymentId: id, OperationId: id + "-authorize-1",
		Outcome: &paymentv1.RecordOutcomeRequest_Succeeded{Succeeded: &paymentv1.Succeeded{Reference: "pay_1"}},
	})
	require.NoError(t, err)
	r, err := h.gateway().Reconcile(ctx, h.from)
	require.NoError(t, err)
	require.Len(t, r.Differences, 1)
	require.Equal(t, "never heard", r.Differences[0].Provider)
}
