package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"tiffin/bff/courier/courier"
	"tiffin/bff/courier/deliveries"
	"tiffin/bff/courier/server"
	courierapi "tiffin/gen/tiffin/bff/courier/v1"
	courierv1 "tiffin/gen/tiffin/courier/v1"
	deliveryv1 "tiffin/gen/tiffin/delivery/v1"
	"tiffin/platform/bff"
	"tiffin/platform/eventlog"
	"tiffin/platform/identity"
	"tiffin/platform/location"
	"tiffin/platform/rest"
	"tiffin/platform/rpc"
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
	url        string
	domains    *domains
	couriers   *viewtest.Stepped[courier.Document]
	deliveries *viewtest.Stepped[deliveries.Document]
	places     chan location.Position
	beats      chan time.Time
}

func open(t *testing.T) house {
	t.Helper()
	h := house{
		domains: &domains{}, couriers: viewtest.NewStepped(t, courier.Spec()), deliveries: viewtest.NewStepped(t, deliveries.Spec()),
		places: make(chan location.Position, 1), beats: make(chan time.Time),
	}
	domain, err := rpc.NewServer(rpc.ServerOptions{Verify: verify})
	require.NoError(t, err)
	courierv1.RegisterCourierServiceServer(domain, h.domains)
	deliveryv1.RegisterDeliveryServiceServer(domain, h.domains)
	toDomain, closeDomain, err := rpc.InProcess(domain, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	s, err := server.New(server.Options{
		Couriers: h.couriers, Deliveries: h.deliveries, Now: func() time.Time { return noon },
		Courier: courierv1.NewCourierServiceClient(toDomain), Delivery: deliveryv1.NewDeliveryServiceClient(toDomain),
		Publish:   func(p location.Position) error { h.places <- p; return nil },
		Heartbeat: func() (<-chan time.Time, func()) { return h.beats, func() {} },
	})
	require.NoError(t, err)
	face, err := rpc.NewServer(rpc.ServerOptions{
		Verify: verify, Files: []protoreflect.FileDescriptor{courierapi.File_tiffin_bff_courier_v1_courier_proto},
	})
	require.NoError(t, err)
	courierapi.RegisterCourierServiceServer(face, s)
	toFace, closeFace, err := rpc.InProcess(face, rpc.DialOptions(rpc.ClientOptions{})...)
	require.NoError(t, err)
	handler, err := rest.New(t.Context(), rest.Options{
		Audience: "courier", Verify: verify, OpenAPI: []byte(`{"swagger":"2.0"}`),
		Register: func(ctx context.Context, mux *runtime.ServeMux) error {
			return courierapi.RegisterCourierServiceHandlerClient(ctx, mux, courierapi.NewCourierServiceClient(toFace))
		},
	})
	require.NoError(t, err)
	web := httptest.NewServer(handler)
	h.url = web.URL + "/api/courier/v1/"
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
		require.NoError(t, closeFace())
		face.Stop()
		require.NoError(t, closeDomain())
		domain.Stop()
	})
	return h
}

// ask sends a request; headers come in pairs.
func (h house) ask(t *testing.T, method, path, caller, body string, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, h.url+path, strings.NewReader(body))
	require.NoError(t, err)
	if caller != "" {
		r.Header.Set("Authorization", "Bearer "+caller)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func read[T any](t *testing.T, r *http.Response) (out T) {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, &out), string(body))
	return out
}

// happens lets both views hear of an event of a courier's.
func (h house) happens(t *testing.T, at uint64, courierID string, when time.Time, event *courierv1.CourierEvent) {
	t.Helper()
	e := view.Event{Position: at, Domain: "courier", AggregateID: courierID, Time: when, Data: event}
	h.couriers.Apply(t, e)
	h.deliveries.Apply(t, e)
}

var _ bff.View[courier.Document] = (*view.View[courier.Document])(nil) // what runs in production is what the server asks for
