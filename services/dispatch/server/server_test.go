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
	"google.golang.org/protobuf/types/known/timestamppb"

	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	typev1 "tiffin/gen/tiffin/type/v1"
	"tiffin/platform/eventlog"
	"tiffin/platform/eventlog/eventlogtest"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/identity"
	"tiffin/platform/location"
	"tiffin/platform/process"
	"tiffin/platform/rpc"
	"tiffin/services/dispatch"
	"tiffin/services/dispatch/server"
)

const patience = 30 * time.Second

type services struct {
	courierv1.UnimplementedCourierServiceServer
	deliveryv1.UnimplementedDeliveryServiceServer
	offered  chan *courierv1.OfferDeliveryRequest
	assigned chan *deliveryv1.AssignDeliveryRequest
}

func (s *services) OfferDelivery(_ context.Context, r *courierv1.OfferDeliveryRequest) (*courierv1.OfferDeliveryResponse, error) {
	s.offered <- r
	return &courierv1.OfferDeliveryResponse{}, nil
}

func (s *services) AssignDelivery(_ context.Context, r *deliveryv1.AssignDeliveryRequest) (*deliveryv1.AssignDeliveryResponse, error) {
	s.assigned <- r
	return &deliveryv1.AssignDeliveryResponse{}, nil
}

func next[R any](t *testing.T, from <-chan R) R {
	t.Helper()
	select {
	case r := <-from:
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

func shiftStarted() *courierv1.CourierEvent {
	return &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftStarted{ShiftStarted: &courierv1.ShiftStarted{}}}
}

func TestACourierOnShiftWhosePlaceIsKnownIsAskedAndAssigned(t *testing.T) {
	nc := hubtest.Connect(t)
	log := eventlogtest.On(t, nc)
	where, err := location.Open(t.Context(), nc)
	require.NoError(t, err)
	s := &services{offered: make(chan *courierv1.OfferDeliveryRequest, 10), assigned: make(chan *deliveryv1.AssignDeliveryRequest, 10)}
	grpcServer, err := rpc.NewServer(rpc.ServerOptions{
		Verify: func(context.Context, string) (identity.Caller, error) { return identity.Caller{}, nil },
		Files: []protoreflect.FileDescriptor{
			courierv1.File_tiffin_courier_v1_service_proto, deliveryv1.File_tiffin_delivery_v1_service_proto,
		},
	})
	require.NoError(t, err)
	courierv1.RegisterCourierServiceServer(grpcServer, s)
	deliveryv1.RegisterDeliveryServiceServer(grpcServer, s)
	conn, closed, err := rpc.InProcess(grpcServer, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, closed())
		grpcServer.Stop()
	})

	restaurant := &typev1.Location{Latitude: 52.5, Longitude: 13.4}
	lost, near, off := ulid.Make().String(), ulid.Make().String(), ulid.Make().String()
	for _, id := range []string{near, off} {
		require.NoError(t, where.Publish(location.Position{CourierID: id, At: restaurant, Time: time.Now()}))
	}
	appended(t, log, lost, shiftStarted()) // nobody knows where
	appended(t, log, near, shiftStarted())
	faults, err := fault.Open(t.Context(), nc, fault.Options{})
	require.NoError(t, err)
	// Time runs faster, so that it is soon looked again where the first look was before word of the place.
	dispatches, err := server.New(t.Context(), dispatch.NewPolicy(10), where, process.Options{
		Log: log, NATS: nc, Faults: faults, Conn: func(string) grpc.ClientConnInterface { return conn },
		As: func(ctx context.Context) (context.Context, error) { return ctx, nil }, LeaseTTL: time.Second,
	})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- dispatches.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		require.ErrorIs(t, <-ended, context.Canceled)
	})
	require.Eventually(t, dispatches.Ready, patience, time.Millisecond)

	id, ada := ulid.Make().String(), ulid.Make().String()
	appended(t, log, id, &deliveryv1.DeliveryEvent{Event: &deliveryv1.DeliveryEvent_DeliveryRequested{DeliveryRequested: &deliveryv1.DeliveryRequested{
		CustomerId: ada, RestaurantId: ulid.Make().String(), RestaurantName: "Saffron", PickUp: restaurant,
		DropOff: &typev1.Personal{PersonId: ada, Data: &typev1.PersonalData{Text: "Main Street 1"}}, ReadyAt: timestamppb.Now(),
		Payout: &typev1.Money{CurrencyCode: "EUR", MinorUnits: 500},
	}}})
	offer := next(t, s.offered)
	require.Equal(t, near, offer.GetCourierId())
	require.Equal(t, "Main Street 1", offer.GetDropOff().GetData().GetText())
	appended(t, log, near, &courierv1.CourierEvent{Event: &courierv1.CourierEvent_OfferAccepted{OfferAccepted: &courierv1.OfferAccepted{
		OfferId: offer.GetOfferId(), DeliveryId: id,
	}}})
	require.Equal(t, near, next(t, s.assigned).GetCourierId())
}

func TestWhoEndsTheirShiftIsHeardOfByTheDeliveryThatTheyDecline(t *testing.T) {
	correlate := server.Definition(dispatch.NewPolicy(1), nil).Correlate
	ended := func(e *courierv1.ShiftEnded) eventlog.Event {
		return eventlog.Event{AggregateID: "a courier", Data: &courierv1.CourierEvent{Event: &courierv1.CourierEvent_ShiftEnded{ShiftEnded: e}}}
	}
	require.Equal(t, "a delivery", correlate(ended(&courierv1.ShiftEnded{OfferId: "an offer", DeliveryId: "a delivery"})))
	require.Empty(t, correlate(ended(&courierv1.ShiftEnded{})))
}
