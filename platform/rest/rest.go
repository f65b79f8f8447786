package rest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/encoding/protojson"

	"tiffin/platform/identity"
)

// Options configure the face of one BFF. Audience, Register and Verify are required.
type Options struct {
	// Audience is the second part of the path: /api/<audience>/v1/.
	Audience string
	// Register adds the generated handlers, over a connection that passes the server's interceptors.
	Register func(ctx context.Context, mux *runtime.ServeMux) error
	// OpenAPI is the document to serve; none: 404.
	OpenAPI []byte
	// Verify tells callers apart, so that one's idempotency keys never meet another's.
	Verify         func(ctx context.Context, token string) (identity.Caller, error)
	Logger         *slog.Logger
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
}

// New returns the handler of everything below /api/<audience>/v1/.
func New(ctx context.Context, o Options) (http.Handler, error) {
	if o.Audience == "" || o.Register == nil || o.Verify == nil {
		return nil, errors.New("rest: audience, register and verify are required")
	}
	if len(o.OpenAPI) > 0 && !json.Valid(o.OpenAPI) {
		return nil, errors.New("rest: the OpenAPI document is not JSON")
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	f := faults{logger: o.Logger}
	mux := runtime.NewServeMux(
		runtime.WithMarshalerOption(runtime.MIMEWildcard, &runtime.JSONPb{
			MarshalOptions: protojson.MarshalOptions{UseProtoNames: true, EmitUnpopulated: true},
		}),
		runtime.WithMarshalerOption(eventStream, newStreamMarshaler()),
		runtime.WithIncomingHeaderMatcher(incoming),
		runtime.WithOutgoingHeaderMatcher(outgoing),
		runtime.WithOutgoingTrailerMatcher(func(string) (string, bool) { return "", false }),
		runtime.WithErrorHandler(f.request),
		runtime.WithRoutingErrorHandler(f.routing),
		runtime.WithStreamErrorHandler(f.stream),
		runtime.WithDisablePathLengthFallback(),
		runtime.WithDisableHTTPMethodOverride(),
		runtime.WithMiddlewares(routed),
	)
	if err := o.Register(ctx, mux); err != nil {
		return nil, fmt.Errorf("rest: register the handlers: %w", err)
	}
	keys, err := newKeys(o.Verify, knownKeys)
	if err != nil {
		return nil, err
	}
	root := http.NewServeMux()
	if len(o.OpenAPI) > 0 {
		root.HandleFunc("GET /api/"+o.Audience+"/v1/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(o.OpenAPI) // the client is gone: there is nobody left to tell
		})
	}
	root.Handle("/", positions(commands(keys, mux)))
	traced := []otelhttp.Option{otelhttp.WithSpanNameFormatter(spanName)}
	if o.TracerProvider != nil {
		traced = append(traced, otelhttp.WithTracerProvider(o.TracerProvider))
	}
	if o.MeterProvider != nil {
		traced = append(traced, otelhttp.WithMeterProvider(o.MeterProvider))
	}
	return otelhttp.NewHandler(root, "rest "+o.Audience, traced...), nil
}
