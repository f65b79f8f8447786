package telemetry_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/propagation"

	"tiffin/platform/telemetry"
	"tiffin/platform/telemetry/telemetrytest"
)

// quiet removes what the machine that runs the tests may have set.
func quiet(t *testing.T) {
	t.Helper()
	for _, name := range []string{
		"OTEL_SDK_DISABLED", "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER",
		"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
		"OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
	} {
		t.Setenv(name, "")
	}
}

func setup(t *testing.T) *telemetry.Telemetry {
	t.Helper()
	tel, err := telemetry.Setup(t.Context(), "kitchen")
	require.NoError(t, err)
	return tel
}

func TestTracingIsOffUnlessAskedFor(t *testing.T) {
	quiet(t)
	for name, value := range map[string]string{"OTEL_SERVICE_NAME": "x", "OTEL_SDK_DISABLED": "true"} {
		t.Setenv(name, value)
		tel := setup(t)
		_, span := tel.TracerProvider.Tracer("test").Start(t.Context(), "work")
		require.False(t, span.IsRecording())
		span.End()
		require.NoError(t, tel.Shutdown(t.Context()))
	}
}

func TestSpansReachTheReceiver(t *testing.T) {
	quiet(t)
	receiver := telemetrytest.Receive(t)
	t.Setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.URL)
	tel := setup(t)
	ctx, parent := tel.TracerProvider.Tracer("test").Start(t.Context(), "parent")
	_, child := tel.TracerProvider.Tracer("test").Start(ctx, "child")
	header := propagation.MapCarrier{}
	telemetry.Propagator().Inject(ctx, header)
	require.Contains(t, header["traceparent"], parent.SpanContext().TraceID().String())
	child.End()
	parent.End()
	require.NoError(t, tel.Shutdown(t.Context()))
	names := map[string][]byte{}
	for _, s := range receiver.Spans() {
		names[s.GetName()] = s.GetParentSpanId()
	}
	id := parent.SpanContext().SpanID()
	require.Equal(t, id[:], names["child"])
	require.Empty(t, names["parent"])
}

func TestWhatCannotBeExportedIsRefused(t *testing.T) {
	for name, value := range map[string]string{
		"OTEL_TRACES_EXPORTER":                "zipkin",
		"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL":  "http/json",
		"OTEL_EXPORTER_OTLP_METRICS_PROTOCOL": "http/protobuf",
	} {
		t.Run(name, func(t *testing.T) {
			quiet(t)
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
			t.Setenv(name, value)
			_, err := telemetry.Setup(t.Context(), "kitchen")
			require.ErrorContains(t, err, name)
		})
	}
}

func TestMetricsCanBeScraped(t *testing.T) {
	quiet(t)
	tel := setup(t)
	counter, err := tel.MeterProvider.Meter("test").Int64Counter("tiffin.orders")
	require.NoError(t, err)
	counter.Add(t.Context(), 3)
	answer := httptest.NewRecorder()
	tel.Metrics.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Equal(t, http.StatusOK, answer.Code)
	require.Regexp(t, `(?m)^tiffin_orders_total\{.*\} 3$`, answer.Body.String())
	require.Contains(t, answer.Body.String(), "go_goroutines")
	require.NoError(t, tel.Shutdown(t.Context()))
}
