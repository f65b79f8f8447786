package server_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"tiffin/platform/problem"
	"tiffin/platform/telemetry"
)

// lines are what a logger has written, from several servers at a time.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// Who reports an error names its trace, and the log and the trace tell the rest.
func TestAnInternalErrorIsFoundByItsTrace(t *testing.T) {
	recorder, log := tracetest.NewSpanRecorder(), &lines{}
	tracers, propagator, logger := otel.GetTracerProvider(), otel.GetTextMapPropagator(), slog.Default()
	t.Cleanup(func() {
		otel.SetTracerProvider(tracers)
		otel.SetTextMapPropagator(propagator)
		slog.SetDefault(logger)
	})
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(telemetry.Propagator())
	slog.SetDefault(telemetry.NewLogger(log, telemetry.JSON, slog.LevelInfo))
	h := open(t)
	h.ordering.refusal = errors.New("the disk is on fire")
	answer := h.ask(t, http.MethodPost, "orders/"+orderID(1)+":cancel", ann, `{}`)
	require.Equal(t, http.StatusInternalServerError, answer.StatusCode)
	shown := read[problem.Document](t, answer)
	require.NotContains(t, shown.Detail, "fire")
	require.Len(t, shown.TraceID, 32)

	var logged int
	log.mu.Lock()
	defer log.mu.Unlock()
	for line := range bytes.Lines(log.text.Bytes()) {
		var record struct {
			Level, Error string
			TraceID      string `json:"trace_id"`
		}
		require.NoError(t, json.Unmarshal(line, &record))
		if record.Level == "ERROR" {
			logged++
			require.Equal(t, shown.TraceID, record.TraceID, "%s", line)
		}
	}
	require.Positive(t, logged)
	require.Contains(t, log.text.String(), "the disk is on fire")
	require.NotEmpty(t, recorder.Started())
	for _, span := range recorder.Started() {
		require.Equal(t, shown.TraceID, span.SpanContext().TraceID().String(), span.Name())
	}
}
