package rest_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"

	customerv1 "tiffin/gen/tiffin/bff/customer/v1"
	"tiffin/platform/identity"
	"tiffin/platform/problem"
	"tiffin/platform/rest"
	"tiffin/platform/rpc"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// The client's connections of net/http, which it keeps for other requests.
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"),
		goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"))
}

const order = "orders/01ARZ3NDEKTSV4RRFFQ69G5FAV"

// shop stands behind the face, with the interceptors of every server of ours between.
type shop struct {
	customerv1.UnimplementedCustomerServiceServer
	get    func(context.Context) error
	cancel func(context.Context, *customerv1.CancelOrderRequest) error
	watch  func(grpc.ServerStreamingServer[customerv1.WatchOrderResponse]) error
}

func (s *shop) GetOrder(ctx context.Context, r *customerv1.GetOrderRequest) (*customerv1.Order, error) {
	if s.get != nil {
		if err := s.get(ctx); err != nil {
			return nil, err
		}
	}
	return &customerv1.Order{OrderId: r.OrderId}, nil
}

func (s *shop) CancelOrder(ctx context.Context, r *customerv1.CancelOrderRequest) (*customerv1.CancelOrderResponse, error) {
	if s.cancel != nil {
		if err := s.cancel(ctx, r); err != nil {
			return nil, err
		}
	}
	return &customerv1.CancelOrderResponse{OrderId: r.OrderId}, nil
}

func (s *shop) WatchOrder(_ *customerv1.WatchOrderRequest, stream grpc.ServerStreamingServer[customerv1.WatchOrderResponse]) error {
	return s.watch(stream)
}

type face struct {
	*testing.T
	url   string
	token string
	// later moves the clock by which tokens expire.
	later time.Duration
	log   *strings.Builder
}

func open(t *testing.T, s *shop) *face {
	t.Helper()
	f := &face{T: t, log: &strings.Builder{}}
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	issuer, err := identity.NewIssuer(t.TempDir(), func() time.Time { return now.Add(f.later) })
	require.NoError(t, err)
	f.token, err = issuer.Issue(identity.Caller{Subject: "ann", Grants: []identity.Grant{{Role: identity.Customer, Resource: "ann"}}})
	require.NoError(t, err)
	logger := slog.New(slog.NewTextHandler(f.log, nil))
	server, err := rpc.NewServer(rpc.ServerOptions{
		Verify: issuer.Verify, Logger: logger,
		Files: []protoreflect.FileDescriptor{customerv1.File_tiffin_bff_customer_v1_customer_proto},
	})
	require.NoError(t, err)
	customerv1.RegisterCustomerServiceServer(server, s)
	conn, closed, err := rpc.InProcess(server)
	require.NoError(t, err)
	handler, err := rest.New(t.Context(), rest.Options{
		Audience: "customer", Verify: issuer.Verify, OpenAPI: []byte(`{"swagger":"2.0"}`), Logger: logger,
		TracerProvider: trace.NewTracerProvider(),
		Register: func(ctx context.Context, mux *runtime.ServeMux) error {
			return customerv1.RegisterCustomerServiceHandlerClient(ctx, mux, customerv1.NewCustomerServiceClient(conn))
		},
	})
	require.NoError(t, err)
	web := httptest.NewServer(handler)
	f.url = web.URL + "/api/customer/v1/"
	t.Cleanup(func() {
		web.CloseClientConnections()
		web.Close()
		require.NoError(t, closed())
		server.Stop()
	})
	return f
}

// ask sends a request; headers come in pairs, and may repeat.
func (f *face) ask(method, path, body string, headers ...string) *http.Response {
	f.Helper()
	return f.askWithin(f.Context(), method, path, body, headers...)
}

func (f *face) askWithin(ctx context.Context, method, path, body string, headers ...string) *http.Response {
	f.Helper()
	r, err := http.NewRequestWithContext(ctx, method, f.url+path, strings.NewReader(body))
	require.NoError(f, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(f, err)
	f.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

// requireProblem reads a problem document whose status is the answer's.
func (f *face) requireProblem(answer *http.Response, status int, code string) problem.Document {
	f.Helper()
	body, err := io.ReadAll(answer.Body)
	require.NoError(f, err)
	require.Equal(f, status, answer.StatusCode, string(body))
	require.Equal(f, problem.ContentType, answer.Header.Get("Content-Type"))
	var document problem.Document
	require.NoError(f, json.Unmarshal(body, &document))
	require.Equal(f, status, document.Status)
	require.Equal(f, http.StatusText(status), document.Title)
	require.Equal(f, code, document.Code)
	require.NotEmpty(f, document.Detail)
	require.Len(f, document.TraceID, 32)
	return document
}
