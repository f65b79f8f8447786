package gateway_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/deploy/sandbox"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	egress "tiffin/platform/gateway"
	"tiffin/platform/gateway/webhook"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/rpc"
	"tiffin/services/payment"
	"tiffin/services/payment/gateway"
	"tiffin/services/payment/server"
)

const patience = 30 * time.Second

type (
	intent  = gateway.Intent
	outcome = gateway.Outcome
	tuning  = func(*egress.Options[intent, outcome])
)

var secret = []byte("of both sides")

func newID() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() }

func eur(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }

func asService(ctx context.Context, _ string) (context.Context, error) {
	return identity.NewContext(ctx, identity.Caller{Token: "service"}), nil
}

// backend is the payment service over a real wire, on a real log.
type backend struct {
	nc       *nats.Conn
	log      *eventlog.Log
	faults   *fault.Store
	payments paymentv1.PaymentServiceClient
}

func newBackend(t *testing.T, options ...func(*eventlog.Options)) *backend {
	t.Helper()
	b := &backend{nc: hubtest.Connect(t)}
	b.log = eventlogtest.On(t, b.nc, options...)
	var err error
	b.faults, err = fault.Open(t.Context(), b.nc, fault.Options{})
	require.NoError(t, err)
	grpcServer, err := rpc.NewServer(rpc.ServerOptions{
		Files: []protoreflect.FileDescriptor{paymentv1.File_tiffin_payment_v1_service_proto},
		Verify: func(_ context.Context, token string) (identity.Caller, error) {
			return identity.Caller{Subject: token, Grants: []identity.Grant{{Role: identity.Role(token), Resource: identity.Any}}}, nil
		},
	})
	require.NoError(t, err)
	server.New(b.log).Register(grpcServer)
	conn, closed, err := rpc.InProcess(grpcServer, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		grpcServer.Stop()
	})
	b.payments = paymentv1.NewPaymentServiceClient(conn)
	return b
}

// house is the backend with a processor, the webhooks' way in, and gateways that come and go.
type house struct {
	*backend
	t         require.TestingT
	name      string
	from      uint64
	bucket    jetstream.KeyValue
	sandbox   sandbox.Options
	processor *sandbox.Sandbox
	url       string
	ingress   *httptest.Server
	receiver  atomic.Pointer[gateway.Gateway]
	// answers counts what webhooks were answered with.
	mu      sync.Mutex
	answers map[int]int
	// books are the payments of this house as far as the log was followed.
	books   map[string]payment.Payment
	through uint64
	kept    func()
}

func newHouse(t require.TestingT, b *backend, dir string, set ...func(*sandbox.Options)) *house {
	ctx := context.Background()
	h := &house{backend: b, t: t, name: "payment-" + strings.ToLower(newID()), answers: map[int]int{}, books: map[string]payment.Payment{}}
	var err error
	h.bucket, err = egress.Bucket(ctx, b.nc, 1)
	require.NoError(t, err)
	h.from, err = b.log.LastPosition(ctx, &paymentv1.PaymentEvent{})
	require.NoError(t, err)
	h.through, h.kept = h.from, h.keep()
	h.ingress = httptest.NewServer(http.HandlerFunc(h.webhook))
	h.sandbox = sandbox.Options{
		DataDir: dir, APIKey: "key", WebhookURL: h.ingress.URL, WebhookSecret: secret,
		Late: 50 * time.Millisecond, Pending: 50 * time.Millisecond, Logger: slog.New(slog.DiscardHandler),
	}
	for _, s := range set {
		s(&h.sandbox)
	}
	h.processor, err = sandbox.Start(ctx, h.sandbox)
	require.NoError(t, err)
	h.url = h.processor.URL()
	h.sandbox.Addr = strings.TrimPrefix(h.url, "http://") // where it comes back after a restart
	h.receiver.Store(h.gateway())
	return h
}

func (h *house) close() {
	h.kept()
	h.ingress.CloseClientConnections()
	h.ingress.Close()
	require.NoError(h.t, h.processor.Close())
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
}

func (h *house) webhook(w http.ResponseWriter, r *http.Request) {
	recorder := httptest.NewRecorder()
	h.receiver.Load().Webhooks().ServeHTTP(recorder, r)
	h.mu.Lock()
	h.answers[recorder.Code]++
	h.mu.Unlock()
	w.WriteHeader(recorder.Code)
}

func (h *house) answered(code int) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.answers[code]
}

func (h *house) gateway(tune ...tuning) *gateway.Gateway {
	hasty := func(o *egress.Options[intent, outcome]) {
		o.Name, o.Logger = h.name, slog.New(slog.DiscardHandler)
		o.Timeout, o.RetryAfter, o.RetryAtMost = 200*time.Millisecond, 10*time.Millisecond, 100*time.Millisecond
		o.Rest, o.CheckpointEvery, o.Silence = 50*time.Millisecond, 20*time.Millisecond, 400*time.Millisecond
		o.PerSecond = 1000
	}
	g, err := gateway.New(gateway.Options{
		Log: h.log, Faults: h.faults, Bucket: h.bucket, Payments: h.payments, AsService: asService,
		URL: h.url, APIKey: "key", WebhookSecrets: [][]byte{secret},
	}, append([]tuning{hasty}, tune...)...)
	require.NoError(h.t, err)
	return g
}

// run runs a gateway until the function that it returns is called.
func (h *house) run(tune ...tuning) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan error, 1)
	g := h.gateway(tune...)
	go func() { stopped <- g.Run(ctx) }()
	return func() {
		cancel()
		require.ErrorIs(h.t, <-stopped, context.Canceled)
	}
}

// service is a context of one of our own processes, for one test's worth of time.
func service() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	ctx, _ = asService(ctx, "")
	return ctx, cancel
}

func (h *house) authorize(token string) string {
	id, err := h.ask(token)
	require.NoError(h.t, err)
	return id
}

func (h *house) ask(token string) (string, error) {
	id := newID()
	ctx, cancel := service()
	defer cancel()
	_, err := h.payments.AuthorizePayment(ctx, &paymentv1.AuthorizePaymentRequest{
		PaymentId: id, CustomerId: newID(), RestaurantId: newID(), Amount: eur(3000), CardToken: token,
	})
	return id, err
}

// keep follows the log and keeps the books, until the function that it returns is called.
func (h *house) keep() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	kept := make(chan error, 1)
	go func() {
		kept <- h.log.Follow(ctx, eventlog.FollowOptions{After: h.from, Domains: []proto.Message{&paymentv1.PaymentEvent{}}}, h.enter)
	}()
	return func() {
		cancel()
		require.ErrorIs(h.t, <-kept, context.Canceled)
	}
}

func (h *house) enter(_ context.Context, b eventlog.Batch) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range b.Events {
		data, _ := e.Data.(*paymentv1.PaymentEvent)
		p, err := payment.Evolve(h.books[e.AggregateID], data)
		if err := errors.Join(e.Err, err); err != nil {
			return err
		}
		h.books[e.AggregateID], h.through = p, e.Position
	}
	return nil
}

// current returns the books as soon as they hold all that the log holds now.
func (h *house) current(ctx context.Context) (map[string]payment.Payment, error) {
	last, err := h.log.LastPosition(ctx, &paymentv1.PaymentEvent{})
	for err == nil {
		h.mu.Lock()
		books, through := maps.Clone(h.books), h.through
		h.mu.Unlock()
		if through >= last {
			return books, nil
		}
		err = wait(ctx)
	}
	return nil, err
}

// wait is between two looks at something that will come.
func wait(ctx context.Context) error {
	select {
	case <-time.After(2 * time.Millisecond):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// settled waits until nothing is open for the payment.
func (h *house) settled(id string) payment.Payment {
	p, err := h.settle(id)
	require.NoError(h.t, err)
	return p
}

func (h *house) settle(id string) (payment.Payment, error) {
	ctx, cancel := service()
	defer cancel()
	var p payment.Payment
	for {
		books, err := h.current(ctx)
		if err == nil {
			p = books[id]
			err = wait(ctx)
		}
		switch {
		case err != nil:
			return p, fmt.Errorf("payment %s does not settle: %w: %+v", id, err, p)
		case p.Status != "" && p.Open.ID == "" && p.WaitingVoid == "":
			return p, nil
		}
	}
}

// statement is what the processor says that it did.
func (h *house) statement() []sandbox.Operation {
	ctx, cancel := service()
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/v1/operations", http.NoBody)
	require.NoError(h.t, err)
	r.Header.Set("Authorization", "Bearer key")
	answer, err := http.DefaultClient.Do(r)
	require.NoError(h.t, err)
	var out struct {
		Operations []sandbox.Operation `json:"operations"`
	}
	require.NoError(h.t, json.NewDecoder(answer.Body).Decode(&out))
	require.NoError(h.t, answer.Body.Close())
	return out.Operations
}

// agree compares both sides' books.
func (h *house) agree(t require.TestingT) {
	ctx, cancel := service()
	defer cancel()
	r, err := h.gateway().Reconcile(ctx, h.from)
	require.NoError(t, err)
	require.Empty(t, r.Differences)
	require.Zero(t, r.Open)
}

// parked is what a consumer of this house's could not process.
func (h *house) parked(consumer string) []fault.Fault {
	ctx, cancel := service()
	defer cancel()
	list, err := h.faults.List(ctx, fault.Query{Kind: fault.Gateway, Owner: "payment", Name: consumer}, "", 0)
	require.NoError(h.t, err)
	return list
}

// resubmit asks for all that is parked.
func (h *house) resubmit(dryRun bool) (out []fault.Outcome) {
	ctx, cancel := service()
	defer cancel()
	require.NoError(h.t, h.faults.Resubmit(ctx, fault.Query{}, fault.Resubmission{
		DryRun: dryRun, Done: func(_ fault.Fault, o fault.Outcome) { out = append(out, o) },
	}))
	return out
}

// says sends a signed webhook of the processor's.
func (h *house) says(id, body string) {
	ctx, cancel := service()
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.ingress.URL, strings.NewReader(body))
	require.NoError(h.t, err)
	webhook.Sign(r.Header, secret, id, time.Now(), []byte(body))
	answer, err := http.DefaultClient.Do(r)
	require.NoError(h.t, err)
	require.NoError(h.t, answer.Body.Close())
}
