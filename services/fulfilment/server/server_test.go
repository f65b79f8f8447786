package server_test

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	orderingv1 "tiffin/gen/tiffin/ordering/v1"
	paymentv1 "tiffin/gen/tiffin/payment/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/process"
	"tiffin/platform/rpc"
	"tiffin/services/fulfilment"
	"tiffin/services/fulfilment/server"
)

const patience = 30 * time.Second

// services takes commands and tells of them; it validates as every server of ours does.
type services struct {
	orderingv1.UnimplementedOrderingServiceServer
	paymentv1.UnimplementedPaymentServiceServer
	kitchenv1.UnimplementedKitchenServiceServer
	got chan proto.Message
}

func (s *services) AuthorizePayment(_ context.Context, r *paymentv1.AuthorizePaymentRequest) (*paymentv1.AuthorizePaymentResponse, error) {
	s.got <- r
	return &paymentv1.AuthorizePaymentResponse{Position: 1}, nil
}

func (s *services) VoidPayment(_ context.Context, r *paymentv1.VoidPaymentRequest) (*paymentv1.VoidPaymentResponse, error) {
	s.got <- r
	return &paymentv1.VoidPaymentResponse{}, nil
}

func (s *services) OpenTicket(_ context.Context, r *kitchenv1.OpenTicketRequest) (*kitchenv1.OpenTicketResponse, error) {
	s.got <- r
	return &kitchenv1.OpenTicketResponse{}, nil
}

func (s *services) CancelTicket(_ context.Context, r *kitchenv1.CancelTicketRequest) (*kitchenv1.CancelTicketResponse, error) {
	s.got <- r
	return &kitchenv1.CancelTicketResponse{}, nil
}

func (s *services) RejectOrder(_ context.Context, r *orderingv1.RejectOrderRequest) (*orderingv1.RejectOrderResponse, error) {
	s.got <- r
	return &orderingv1.RejectOrderResponse{}, nil
}

func next[R proto.Message](t *testing.T, s *services) R {
	t.Helper()
	select {
	case m := <-s.got:
		r, ok := m.(R)
		require.True(t, ok, "got %T", m)
		return r
	case <-time.After(patience):
		t.Fatal("nothing was commanded")
		panic("unreachable")
	}
}

func appended[E proto.Message](t *testing.T, log *eventlog.Log, id string, e E) {
	t.Helper()
	a := eventlog.NewAggregate(log, func(n int, _ E, _ eventlog.Meta) (int, error) { return n + 1, nil })
	_, err := a.Execute(t.Context(), id, func(int) (E, error) { return e, nil })
	require.NoError(t, err)
}

func TestAnOrderWhoseRestaurantSaysNothing(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	s := &services{got: make(chan proto.Message, 10)}
	grpcServer, err := rpc.NewServer(rpc.ServerOptions{
		Verify: func(context.Context, string) (identity.Caller, error) { return identity.Caller{}, nil },
		Files: []protoreflect.FileDescriptor{
			orderingv1.File_tiffin_ordering_v1_service_proto, paymentv1.File_tiffin_payment_v1_service_proto,
			kitchenv1.File_tiffin_kitchen_v1_service_proto,
		},
	})
	require.NoError(t, err)
	orderingv1.RegisterOrderingServiceServer(grpcServer, s)
	paymentv1.RegisterPaymentServiceServer(grpcServer, s)
	kitchenv1.RegisterKitchenServiceServer(grpcServer, s)
	conn, closed, err := rpc.InProcess(grpcServer, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		grpcServer.Stop()
	})
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	policy := fulfilment.NewPolicy(1)
	policy.Answer = 50 * time.Millisecond
	fulfilments, err := server.New(t.Context(), policy, process.Options{
		Log: log, NATS: nc, Faults: faults, Conn: func(string) grpc.ClientConnInterface { return conn },
		As: func(ctx context.Context) (context.Context, error) { return ctx, nil }, LeaseTTL: time.Second,
	})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- fulfilments.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		require.ErrorIs(t, <-ended, context.Canceled)
	})

	id, ada, saffron, dal := ulid.Make().String(), ulid.Make().String(), ulid.Make().String(), ulid.Make().String()
	eur := func(minor int64) *typev1.Money { return &typev1.Money{CurrencyCode: "EUR", MinorUnits: minor} }
	appended(t, log, id, &orderingv1.OrderEvent{Event: &orderingv1.OrderEvent_OrderPlaced{OrderPlaced: &orderingv1.OrderPlaced{
		CustomerId: ada, RestaurantId: saffron, PaymentToken: "tok_ok", Subtotal: eur(2000), DeliveryFee: eur(300), Total: eur(2300),
		Lines: []*orderingv1.OrderLine{{
			ItemId: dal, Name: "Dal", Quantity: 2, Options: []*orderingv1.ChosenOption{{Name: "Large"}},
			Note: &typev1.Personal{PersonId: ada, Data: &typev1.PersonalData{Text: "No onions"}},
		}},
		DeliveryAddress: &typev1.Personal{PersonId: ada, Data: &typev1.PersonalData{Text: "Main Street 1"}},
	}}})
	authorize := next[*paymentv1.AuthorizePaymentRequest](t, s)
	require.Equal(t, id, authorize.GetPaymentId())
	require.Equal(t, "tok_ok", authorize.GetCardToken())
	require.EqualValues(t, 2300, authorize.GetAmount().GetMinorUnits())

	appended(t, log, id, &paymentv1.PaymentEvent{Event: &paymentv1.PaymentEvent_PaymentAuthorized{PaymentAuthorized: &paymentv1.PaymentAuthorized{}}})
	said := map[string]proto.Message{}
	for range 3 { // to two services: the order is open between them
		select {
		case m := <-s.got:
			said[string(m.ProtoReflect().Descriptor().Name())] = m
		case <-time.After(patience):
			t.Fatal("nothing was commanded")
		}
	}
	require.Contains(t, said, "RejectOrderRequest")
	require.Contains(t, said, "CancelTicketRequest")
	ticket, ok := said["OpenTicketRequest"].(*kitchenv1.OpenTicketRequest)
	require.True(t, ok)
	require.Equal(t, "No onions", ticket.GetLines()[0].GetNote().GetData().GetText(), "personal data passes through the log sealed, and arrives open")
	require.Equal(t, []string{"Large"}, ticket.GetLines()[0].GetOptions())

	appended(t, log, id, &kitchenv1.TicketEvent{Event: &kitchenv1.TicketEvent_TicketCancelled{TicketCancelled: &kitchenv1.TicketCancelled{}}})
	require.Equal(t, "RESTAURANT_SILENT", next[*paymentv1.VoidPaymentRequest](t, s).GetReason())
}
