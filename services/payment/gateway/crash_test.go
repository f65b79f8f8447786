package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"tiffin/deploy/sandbox"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	egress "tiffin/platform/gateway"
	"tiffin/platform/problem"
	"tiffin/services/payment"
)

// mortal is a gateway that dies at given steps: from then on nothing that it does has an effect, as after kill -9.
type mortal struct {
	jetstream.KeyValue
	egress.Provider[intent, outcome]
	record func(context.Context, egress.Operation[intent], outcome) error

	mu    sync.Mutex
	dead  bool
	steps *steps
	died  chan struct{}
}

// steps counts the steps of all gateways of a history, one after the other.
type steps struct {
	mu     sync.Mutex
	n      int
	deadly map[int]bool
}

var errDead = errors.New("this process was killed")

func (s *steps) next() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return s.deadly[s.n]
}

// step is one point at which the process may die.
func (m *mortal) step() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.dead && m.steps.next() {
		m.dead = true
		close(m.died)
	}
	if m.dead {
		return errDead
	}
	return nil
}

// around does something between two steps.
func around[T any](m *mortal, do func() (T, error)) (T, error) {
	var none T
	if err := m.step(); err != nil {
		return none, err
	}
	v, err := do()
	if dead := m.step(); dead != nil {
		return none, dead
	}
	return v, err
}

func (m *mortal) Call(ctx context.Context, op egress.Operation[intent]) (outcome, error) {
	return around(m, func() (outcome, error) { return m.Provider.Call(ctx, op) })
}

func (m *mortal) Ask(ctx context.Context, id string) (outcome, error) {
	return around(m, func() (outcome, error) { return m.Provider.Ask(ctx, id) })
}

func (m *mortal) Record(ctx context.Context, op egress.Operation[intent], said outcome) error {
	_, err := around(m, func() (struct{}, error) { return struct{}{}, m.record(ctx, op, said) })
	return err
}

// Update writes the lease and the checkpoint; the dead write neither.
func (m *mortal) Update(ctx context.Context, key string, value []byte, last uint64) (uint64, error) {
	m.mu.Lock()
	dead := m.dead
	m.mu.Unlock()
	if dead {
		return 0, errDead
	}
	return m.KeyValue.Update(ctx, key, value, last)
}

func (m *mortal) tune(o *egress.Options[intent, outcome]) {
	m.KeyValue, m.Provider, m.record = o.Bucket, o.Provider, o.Record
	o.Bucket, o.Provider, o.Record = m, m, m.Record
}

// live runs one gateway after the other, each until it dies, until the function that it returns is called.
func (h *house) live(s *steps) (stop func()) {
	ended := make(chan struct{})
	var lives errgroup.Group
	lives.Go(func() error {
		for {
			m := &mortal{steps: s, died: make(chan struct{})}
			stop := h.run(m.tune)
			select {
			case <-m.died:
				stop()
			case <-ended:
				stop()
				return nil
			}
		}
	})
	return func() {
		close(ended)
		require.NoError(h.t, lives.Wait())
	}
}

// wish is what happens to one payment.
type wish struct {
	token                string
	voidAtOnce, voidThen bool
	refunds              []int64
}

var wishes = rapid.Custom(func(t *rapid.T) wish {
	return wish{
		token: rapid.SampledFrom([]string{
			"", "tok_ok", "tok_declined", "tok_timeout", "tok_silent", "tok_pending", "tok_late", "tok_twice", "tok_disordered",
			"tok_down", "tok_uncapturable", "tok_unrefundable",
		}).Draw(t, "token"),
		voidAtOnce: rapid.Bool().Draw(t, "voidAtOnce"), voidThen: rapid.Bool().Draw(t, "voidThen"),
		refunds: rapid.SliceOfN(rapid.Int64Range(1, 2000), 0, 2).Draw(t, "refunds"),
	}
})

// fulfil sends the commands of one payment; what is refused is an outcome.
func (h *house) fulfil(w wish) error {
	id, err := h.ask(w.token)
	if err != nil {
		return err
	}
	send := func(command func(context.Context) error) error {
		ctx, cancel := service()
		defer cancel()
		err := command(ctx)
		if p := problem.From(err); p != nil && p.Kind != problem.Refused {
			return err
		}
		_, err = h.settle(id)
		return err
	}
	void := func(ctx context.Context) error {
		_, err := h.payments.VoidPayment(ctx, &paymentv1.VoidPaymentRequest{PaymentId: id})
		return err
	}
	capture := func(ctx context.Context) error {
		_, err := h.payments.CapturePayment(ctx, &paymentv1.CapturePaymentRequest{PaymentId: id, Amount: eur(2500)})
		return err
	}
	if w.voidAtOnce {
		if err := send(void); err != nil {
			return err
		}
	}
	if _, err := h.settle(id); err != nil {
		return err
	}
	if err := send(capture); err != nil {
		return err
	}
	if w.voidThen {
		if err := send(void); err != nil {
			return err
		}
	}
	for _, amount := range w.refunds {
		err := send(func(ctx context.Context) error {
			_, err := h.payments.RefundPayment(ctx, &paymentv1.RefundPaymentRequest{PaymentId: id, Amount: eur(amount), Reason: "Cold"})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Whatever dies and breaks, and whenever: the processor did each operation once, and both sides' books agree.
func TestWhateverBreaksTheBooksAgree(t *testing.T) {
	b := newBackend(t)
	died, dirs := 0, t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		orders := rapid.SliceOfN(wishes, 1, 6).Draw(t, "wishes")
		s := &steps{deadly: map[int]bool{}}
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 40), 0, 5).Draw(t, "dies at") {
			s.deadly[n] = true
		}
		faults := rapid.SampledFrom([]float64{0, 0.2, 0.4}).Draw(t, "faults")
		restart := rapid.Bool().Draw(t, "the processor restarts")
		h := newHouse(t, b, filepath.Join(dirs, newID()), func(o *sandbox.Options) { o.Faults, o.Seed = faults, rapid.Uint64().Draw(t, "seed") })
		defer h.close()
		defer h.live(s)()
		var people errgroup.Group
		for _, w := range orders {
			people.Go(func() error { return h.fulfil(w) })
		}
		if restart {
			require.NoError(t, h.processor.Close())
			processor, err := sandbox.Start(context.Background(), h.sandbox)
			require.NoError(t, err)
			h.processor = processor
		}
		require.NoError(t, people.Wait())
		h.agree(t)
		h.checkMoney(t)
		s.mu.Lock()
		defer s.mu.Unlock()
		for n := range s.deadly {
			if n <= s.n {
				died++
			}
		}
	})
	t.Logf("gateways died %d times", died)
}

// checkMoney compares what the processor did with what the log says, payment by payment.
func (h *house) checkMoney(t require.TestingT) {
	ctx, cancel := service()
	defer cancel()
	books, err := h.current(ctx)
	require.NoError(t, err)
	statement := map[string]map[string]int64{}
	seen := map[string]bool{}
	for _, op := range h.statement() {
		require.False(t, seen[op.ID], "%s was done twice", op.ID)
		seen[op.ID] = true
		p := books[payment.Of(op.ID)]
		succeeded, known := p.Succeeded[op.ID]
		require.True(t, known, "the log has no outcome of %s", op.ID)
		require.Equal(t, op.Status == "succeeded", succeeded, op.ID)
		if succeeded {
			of := statement[payment.Of(op.ID)]
			if of == nil {
				of = map[string]int64{}
				statement[payment.Of(op.ID)] = of
			}
			of[op.Kind] += op.Amount.MinorUnits
			of["number of "+op.Kind]++
		}
	}
	for id, p := range books {
		of := statement[id]
		require.Equal(t, p.Authorized, of["authorization"], id)
		require.Equal(t, p.Captured, of["capture"], id)
		require.Equal(t, p.Refunded, of["refund"], id)
		require.LessOrEqual(t, of["refund"], of["capture"])
		require.LessOrEqual(t, of["number of capture"]+of["number of void"], int64(1), fmt.Sprint(id, of))
	}
}
