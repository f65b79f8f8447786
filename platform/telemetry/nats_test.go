package telemetry_test

import (
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace"

	"tiffin/platform/telemetry"
)

func TestSpansTravelInAMessage(t *testing.T) {
	span := func(n byte) trace.SpanContext {
		return trace.NewSpanContext(trace.SpanContextConfig{
			TraceID: trace.TraceID{n}, SpanID: trace.SpanID{n}, TraceFlags: trace.FlagsSampled, Remote: true,
		})
	}
	h := nats.Header{}
	require.Empty(t, telemetry.ExtractSpans(h))
	require.Empty(t, telemetry.ExtractSpans(nil))
	telemetry.InjectSpans(h, span(1), span(2), span(3))
	require.Equal(t, []string{"00-03000000000000000000000000000000-0300000000000000-01"}, h["traceparent"], "the last, as W3C says")
	require.Equal(t, span(3), telemetry.Extract(h))
	require.Equal(t, []trace.SpanContext{span(1), span(2), span(3)}, telemetry.ExtractSpans(h))
	h["tiffin-tracelink"][0] = "rubbish"
	require.Equal(t, []trace.SpanContext{span(2), span(3)}, telemetry.ExtractSpans(h))
}
