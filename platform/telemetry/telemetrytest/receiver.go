package telemetrytest

import (
	"context"
	"net"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracev1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/grpc"
)

// Receiver takes spans by OTLP over gRPC.
type Receiver struct {
	collector.UnimplementedTraceServiceServer
	// URL is what OTEL_EXPORTER_OTLP_TRACES_ENDPOINT must be.
	URL string

	mu    sync.Mutex
	spans []*tracev1.Span
}

// Receive starts a receiver on a free port of loopback and stops it with the test.
func Receive(t testing.TB) *Receiver {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &Receiver{URL: "http://" + listener.Addr().String()}
	server := grpc.NewServer()
	collector.RegisterTraceServiceServer(server, r)
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // ends with Stop; the exporter reports what breaks before
	}()
	t.Cleanup(func() {
		server.Stop()
		<-served
	})
	return r
}

// Export is the receiving end of OTLP.
func (r *Receiver) Export(_ context.Context, request *collector.ExportTraceServiceRequest) (*collector.ExportTraceServiceResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, resource := range request.GetResourceSpans() {
		for _, scope := range resource.GetScopeSpans() {
			r.spans = append(r.spans, scope.GetSpans()...)
		}
	}
	return &collector.ExportTraceServiceResponse{}, nil
}

// Spans that have arrived.
func (r *Receiver) Spans() []*tracev1.Span {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*tracev1.Span(nil), r.spans...)
}
