package telemetry_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace"

	"tiffin/platform/telemetry"
)

func TestARecordNamesItsTrace(t *testing.T) {
	var out bytes.Buffer
	logger := telemetry.NewLogger(&out, telemetry.JSON, slog.LevelInfo).With("service", "kitchen")
	span := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}})
	logger.InfoContext(trace.ContextWithSpanContext(t.Context(), span), "hello")
	logger.Debug("too quiet to be heard")
	var got map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &got))
	require.Equal(t, span.TraceID().String(), got["trace_id"])
	require.Equal(t, span.SpanID().String(), got["span_id"])
	require.Equal(t, "kitchen", got["service"])

	out.Reset()
	telemetry.NewLogger(&out, telemetry.Text, slog.LevelInfo).InfoContext(t.Context(), "outside")
	require.NotContains(t, out.String(), "trace_id")
}
