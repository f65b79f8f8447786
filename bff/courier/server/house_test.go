package server_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"tiffin/bff/courier/courier"
	"tiffin/bff/courier/deliveries"
	"tiffin/bff/courier/pickups"
	"tiffin/bff/courier/server"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	kitchenv1 "tiffin/gen/tiffin/kitchen/v1"
	"tiffin/platform/bff"
	"tiffin/platform/bff/bfftest"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/location"
	"tiffin/platform/view"
	"tiffin/platform/view/viewtest"
)

const (
	mina, omar = "01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2"
	delivery   = "01ARZ3NDEKTSV4RRFFQ69G5FAD"
	offer      = "01ARZ3NDEKTSV4RRFFQ69G5FAF"
)

// noon is on a Tuesday.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// domains stand for the services behind; they record what arrives over the real wire.
type domains struct {
	courierv1.UnimplementedCourierServiceServer
	deliveryv1.UnimplementedDeliveryServiceServer
	mu      sync.Mutex
	asked   []proto.Message
	keys    []string
	refusal error
}

func (d *domains) hear(ctx context.Context, r proto.Message) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, r)
	d.keys = append(d.keys, eventlog.CommandFrom(ctx).ID)
	if identity.FromContext(ctx).Subject != mina {
		return errors.New("the caller was not forwarded")
	}
	return d.refusal
}

func (d *domains) StartShift(ctx context.Context, r *courierv1.StartShiftRequest) (*courierv1.StartShiftResponse, error) {
	return &courierv1.StartShiftResponse{Position: 41}, d.hear(ctx, r)
}

func (d *domains) EndShift(ctx context.Context, r *courierv1.EndShiftRequest) (*courierv1.EndShiftResponse, error) {
	return &courierv1.EndShiftResponse{Position: 41}, d.hear(ctx, r)
}

func (d *domains) AcceptOffer(ctx context.Context, r *courierv1.AcceptOfferRequest) (*courierv1.AcceptOfferResponse, error) {
	return &courierv1.AcceptOfferResponse{Position: 41}, d.hear(ctx, r)
}

func (d *domains) DeclineOffer(ctx context.Context, r *courierv1.DeclineOfferRequest) (*courierv1.DeclineOfferResponse, error) {
	return &courierv1.DeclineOfferResponse{Position: 41}, d.hear(ctx, r)
}

func (d *domains) PickUpDelivery(
	ctx context.Context, r *deliveryv1.PickUpDeliveryRequest,
) (*deliveryv1.PickUpDeliveryResponse, error) {
	return &deliveryv1.PickUpDeliveryResponse{Position: 42}, d.hear(ctx, r)
}

func (d *domains) DeliverDelivery(
	ctx context.Context, r *deliveryv1.DeliverDeliveryRequest,
) (*deliveryv1.DeliverDeliveryResponse, error) {
	return &deliveryv1.DeliverDeliveryResponse{Position: 42}, d.hear(ctx, r)
}

func (d *domains) ReleaseDelivery(
	ctx context.Context, r *deliveryv1.ReleaseDeliveryRequest,
) (*deliveryv1.ReleaseDeliveryResponse, error) {
	return &deliveryv1.ReleaseDeliveryResponse{Position: 42}, d.hear(ctx, r)
}

func (d *domains) FailDelivery(ctx context.Context, r *deliveryv1.FailDeliveryRequest) (*deliveryv1.FailDeliveryResponse, error) {
	return &deliveryv1.FailDeliveryResponse{Position: 42}, d.hear(ctx, r)
}

func verify(_ context.Context, token string) (identity.Caller, error) {
	if token != mina && token != omar && token != "customer" {
		return identity.Caller{}, errors.New("unknown token")
	}
	role := identity.Courier
	if token == "customer" {
		role = identity.Customer
	}
	return identity.Caller{Subject: token, Grants: []identity.Grant{{Role: role, Resource: token}}}, nil
}

type house struct {
	bfftest.Face
	domains    *domains
	couriers   *viewtest.Stepped[courier.Document]
	deliveries *viewtest.Stepped[deliveries.Document]
	pickups    *viewtest.Stepped[pickups.Document]
	places     chan location.Position
	beats      chan time.Time
}

func open(t *testing.T) house {
	t.Helper()
	h := house{
		domains: &domains{}, couriers: viewtest.NewStepped(t, courier.Spec()), deliveries: viewtest.NewStepped(t, deliveries.Spec()),
		pickups: viewtest.NewStepped(t, pickups.Spec()),
		places:  make(chan location.Position, 1), beats: make(chan time.Time),
	}
	toDomain := bfftest.Behind(t, verify, func(r grpc.ServiceRegistrar) {
		courierv1.RegisterCourierServiceServer(r, h.domains)
		deliveryv1.RegisterDeliveryServiceServer(r, h.domains)
	})
	s, err := server.New(server.Options{
		Couriers: h.couriers, Deliveries: h.deliveries, PickUps: h.pickups, Now: func() time.Time { return noon },
		Courier: courierv1.NewCourierServiceClient(toDomain), Delivery: deliveryv1.NewDeliveryServiceClient(toDomain),
		Publish:   func(p location.Position) error { h.places <- p; return nil },
		Heartbeat: func() (<-chan time.Time, func()) { return h.beats, func() {} },
		Calm:      func() <-chan time.Time { over := make(chan time.Time); close(over); return over },
	})
	require.NoError(t, err)
	h.Face = bfftest.Serve(t, bfftest.Options{
		Audience: "courier", Verify: verify, File: courierapi.File_tiffin_bff_courier_v1_courier_proto,
		Register: func(r grpc.ServiceRegistrar) { courierapi.RegisterCourierServiceServer(r, s) },
		Handler: func(ctx context.Context, mux *runtime.ServeMux, conn grpc.ClientConnInterface) error {
			return courierapi.RegisterCourierServiceHandlerClient(ctx, mux, courierapi.NewCourierServiceClient(conn))
		},
	})
	return h
}

// ask sends a request; headers come in pairs.
func (h house) ask(t *testing.T, method, path, caller, body string, headers ...string) *http.Response {
	t.Helper()
	return h.Ask(t, method, path, caller, body, headers...)
}

func read[T any](t *testing.T, r *http.Response) T { t.Helper(); return bfftest.Read[T](t, r) }

// happens lets both views hear of an event of a courier's.
func (h house) happens(t *testing.T, at uint64, courierID string, when time.Time, event *courierv1.CourierEvent) {
	t.Helper()
	e := view.Event{Position: at, Domain: "courier", AggregateID: courierID, Time: when, Data: event}
	h.couriers.Apply(t, e)
	h.deliveries.Apply(t, e)
}

// says lets the view of what kitchens say hear of it.
func (h house) says(t *testing.T, at uint64, event *kitchenv1.TicketEvent) {
	t.Helper()
	h.pickups.Apply(t, view.Event{Position: at, Domain: "kitchen", AggregateID: delivery, Time: noon, Data: event})
}

var _ bff.View[courier.Document] = (*view.View[courier.Document])(nil) // what runs in production is what the server asks for
