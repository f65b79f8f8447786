package gateway_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"tiffin/platform/eventlog"
	egress "tiffin/platform/gateway"
)

func TestACallContinuesTheTraceOfItsIntentAndIsCounted(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	tracers := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans))
	reader := sdkmetric.NewManualReader()
	meters := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	h := newHouse(t, newBackend(t, func(o *eventlog.Options) { o.TracerProvider = tracers }), t.TempDir())
	defer h.close()
	defer h.run(func(o *egress.Options[intent, outcome]) {
		o.Name, o.TracerProvider, o.MeterProvider = "payment", tracers, meters
	})()
	h.settled(h.authorize("tok_ok"))
	traces := map[string]string{}
	require.Eventually(t, func() bool {
		for _, s := range spans.Ended() {
			traces[s.Name()] = s.SpanContext().TraceID().String()
		}
		return traces["call payment"] != "" && traces["payment gateway"] != ""
	}, patience, patience/1000)
	require.Equal(t, traces["append payment.AuthorizationRequested"], traces["call payment"])
	require.Equal(t, traces["call payment"], traces["payment gateway"])

	var counted metricdata.ResourceMetrics
	require.NoError(t, reader.Collect(context.Background(), &counted))
	names := map[string]bool{}
	for _, scope := range counted.ScopeMetrics {
		for _, m := range scope.Metrics {
			names[m.Name] = true
		}
	}
	for _, want := range []string{"tiffin.gateway.request.duration", "tiffin.gateway.open", "tiffin.gateway.breaker"} {
		require.True(t, names[want], want)
	}
}
