package server_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	customerv1 "tiffin/gen/tiffin/customer/v1"
	erasurev1 "tiffin/gen/tiffin/erasure/v1"
	fulfilmentv1 "tiffin/gen/tiffin/fulfilment/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/process"
	"tiffin/platform/rpc"
	"tiffin/platform/seal"
	"tiffin/services/erasure"
	"tiffin/services/erasure/server"
)

const (
	patience = 30 * time.Second
	// leaseTTL is short: a successor of who is killed waits for as long.
	leaseTTL = 200 * time.Millisecond
)

type (
	customers = eventlog.Aggregate[int, *customerv1.CustomerEvent]
	orders    = eventlog.Aggregate[int, *orderingv1.OrderEvent]
	endings   = eventlog.Aggregate[int, *fulfilmentv1.FulfilmentEvent]
)

func counted[E proto.Message](log *eventlog.Log) *eventlog.Aggregate[int, E] {
	return eventlog.NewAggregate(log, func(n int, _ E, _ eventlog.Meta) (int, error) { return n + 1, nil })
}

func appended[E proto.Message](ctx context.Context, a *eventlog.Aggregate[int, E], id string, e E) (uint64, error) {
	return a.Execute(ctx, id, func(int) (E, error) { return e, nil })
}

// town has a log, keys, and those whom erasures command. These know a repeated command by its id and by nothing else, so that
// whatever is asked of them under two ids is done twice, and seen.
type town struct {
	customerv1.UnimplementedCustomerServiceServer
	orderingv1.UnimplementedOrderingServiceServer
	hub       *hub.Server
	log       *eventlog.Log
	keys      seal.Keys
	conn      *grpc.ClientConn
	customers *customers
	orders    *orders
	endings   *endings
	// owners are the customers by their orders.
	owners sync.Map
}

func newTown(t *testing.T) *town {
	t.Helper()
	h := &town{hub: hubtest.Server(t)}
	nc, err := h.hub.Connect()
	require.NoError(t, err)
	t.Cleanup(nc.Close)
	h.keys, err = seal.NewKeys(t.Context(), nc, 1)
	require.NoError(t, err)
	h.log = eventlogtest.On(t, nc, func(o *eventlog.Options) { o.Keys = h.keys })
	h.customers, h.orders, h.endings = counted[*customerv1.CustomerEvent](h.log), counted[*orderingv1.OrderEvent](h.log), counted[*fulfilmentv1.FulfilmentEvent](h.log)
	services, err := rpc.NewServer(rpc.ServerOptions{
		Verify: func(context.Context, string) (identity.Caller, error) { return identity.Caller{}, nil },
		Files:  []protoreflect.FileDescriptor{customerv1.File_tiffin_customer_v1_service_proto, orderingv1.File_tiffin_ordering_v1_service_proto},
	})
	require.NoError(t, err)
	customerv1.RegisterCustomerServiceServer(services, h)
	orderingv1.RegisterOrderingServiceServer(services, h)
	conn, closed, err := rpc.InProcess(services, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		services.Stop()
	})
	h.conn = conn
	return h
}

// CancelOrder calls the order off, and everything that was begun for it comes to its end.
func (h *town) CancelOrder(ctx context.Context, r *orderingv1.CancelOrderRequest) (*orderingv1.CancelOrderResponse, error) {
	id := r.GetOrderId()
	owner, _ := h.owners.Load(id)
	customer, _ := owner.(string)
	position, err := appended(ctx, h.orders, id, &orderingv1.OrderEvent{
		Event: &orderingv1.OrderEvent_OrderCancelled{OrderCancelled: &orderingv1.OrderCancelled{CustomerId: customer}},
	})
	if err != nil {
		return nil, err
	}
	_, err = appended(ctx, h.endings, id, &fulfilmentv1.FulfilmentEvent{
		Event: &fulfilmentv1.FulfilmentEvent_FulfilmentEnded{FulfilmentEnded: &fulfilmentv1.FulfilmentEnded{CustomerId: customer}},
	})
	return &orderingv1.CancelOrderResponse{Position: position}, err
}

func (h *town) DestroyKey(ctx context.Context, r *customerv1.DestroyKeyRequest) (*customerv1.DestroyKeyResponse, error) {
	return &customerv1.DestroyKeyResponse{}, h.keys.Destroy(ctx, r.GetCustomerId())
}

// ConfirmErasure believes only what it sees.
func (h *town) ConfirmErasure(ctx context.Context, r *customerv1.ConfirmErasureRequest) (*customerv1.ConfirmErasureResponse, error) {
	if _, known, err := h.keys.Lookup(ctx, r.GetCustomerId()); err != nil || known {
		return nil, fmt.Errorf("the key is there: %v, or not: %w", known, err)
	}
	position, err := appended(ctx, h.customers, r.GetCustomerId(), &customerv1.CustomerEvent{
		Event: &customerv1.CustomerEvent_CustomerErased{CustomerErased: &customerv1.CustomerErased{}},
	})
	return &customerv1.ConfirmErasureResponse{Position: position}, err
}

func personal(who, text string) *typev1.Personal {
	return &typev1.Personal{PersonId: who, Data: &typev1.PersonalData{Text: text}}
}

// join is somebody new.
func (h *town) join(t *testing.T) (customer string) {
	t.Helper()
	customer = ulid.Make().String()
	_, err := appended(t.Context(), h.customers, customer, &customerv1.CustomerEvent{
		Event: &customerv1.CustomerEvent_CustomerRegistered{CustomerRegistered: &customerv1.CustomerRegistered{Name: personal(customer, "Ada")}},
	})
	require.NoError(t, err)
	return customer
}

func (h *town) place(t *testing.T, customer string) (order string) {
	t.Helper()
	order = ulid.Make().String()
	h.owners.Store(order, customer)
	_, err := appended(t.Context(), h.orders, order, &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{
		OrderPlaced: &orderingv1.OrderPlaced{CustomerId: customer, DeliveryAddress: personal(customer, "Main Street 1")},
	}})
	require.NoError(t, err)
	return order
}

func (h *town) leave(t *testing.T, customer string) (process string) {
	t.Helper()
	process = ulid.Make().String()
	_, err := appended(t.Context(), h.customers, customer, &customerv1.CustomerEvent{
		Event: &customerv1.CustomerEvent_ErasureRequested{ErasureRequested: &customerv1.ErasureRequested{ErasureId: process}},
	})
	require.NoError(t, err)
	return process
}

// errKilled ends an instance at once: no step is taken any more.
var errKilled = errors.New("killed")

// start carries erasures on until stop is called, or taking kills the instance. It has a connection of its own, which is lost
// as it is killed: nothing is said to a successor.
func (h *town) start(t *testing.T, taking func() error) (ended <-chan struct{}, stop func()) {
	t.Helper()
	nc, err := h.hub.Connect()
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	faults, err := fault.Open(ctx, nc, fault.Options{})
	require.NoError(t, err)
	carried, err := server.New(ctx, erasure.Policy{Orders: time.Hour, Memory: time.Millisecond}, process.Options{
		Log:  eventlogtest.On(t, nc),
		NATS: nc, Faults: faults, Conn: func(string) grpc.ClientConnInterface { return h.conn },
		As: func(ctx context.Context) (context.Context, error) { return ctx, nil }, LeaseTTL: leaseTTL,
		Taking: func(string) error {
			err := taking()
			if err != nil {
				nc.Close()
				cancel()
			}
			return err
		},
	})
	require.NoError(t, err)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = carried.Run(ctx) // until it is told to stop, or killed
	}()
	stop = func() {
		cancel()
		<-done
		nc.Close()
	}
	t.Cleanup(stop)
	return done, stop
}

// told is what the log says of each aggregate, oldest first: the event's type and its position.
func (h *town) told(t *testing.T) map[string][]told {
	t.Helper()
	domains := []proto.Message{&customerv1.CustomerEvent{}, &orderingv1.OrderEvent{}, &fulfilmentv1.FulfilmentEvent{}, &erasurev1.ErasureEvent{}}
	out, enough := map[string][]told{}, errors.New("enough")
	err := h.log.Follow(t.Context(), eventlog.FollowOptions{Domains: domains, Personal: eventlog.Closed}, func(_ context.Context, b eventlog.Batch) error {
		for _, e := range b.Events {
			out[e.AggregateID] = append(out[e.AggregateID], told{e.Type, e.Position})
		}
		if b.Pending == 0 {
			return enough
		}
		return nil
	})
	require.ErrorIs(t, err, enough)
	return out
}

type told struct {
	what string
	at   uint64
}

// only returns where it was told, which must be once.
func only(t *testing.T, story []told, what string) uint64 {
	t.Helper()
	var at []uint64
	for _, e := range story {
		if e.what == what {
			at = append(at, e.at)
		}
	}
	require.Len(t, at, 1, "%s in %v", what, story)
	return at[0]
}
