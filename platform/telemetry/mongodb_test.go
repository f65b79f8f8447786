package telemetry_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"
	"go.opentelemetry.io/otel/codes"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"tiffin/platform/telemetry"
)

func start(ctx context.Context, t *testing.T, m *event.CommandMonitor, connection string, command bson.D) {
	t.Helper()
	raw, err := bson.Marshal(command)
	require.NoError(t, err)
	m.Started(ctx, &event.CommandStartedEvent{
		Command: raw, CommandName: command[0].Key, DatabaseName: "customer", ConnectionID: connection, RequestID: 7,
	})
}

func finished(connection, name string) event.CommandFinishedEvent {
	return event.CommandFinishedEvent{CommandName: name, DatabaseName: "customer", ConnectionID: connection, RequestID: 7}
}

func TestCommandsWithinATraceAreSpans(t *testing.T) {
	recorder := tracetest.NewSpanRecorder()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(recorder))
	monitor := telemetry.MongoDB(provider)
	ctx, parent := provider.Tracer("test").Start(t.Context(), "parent")

	// Two clients whose request ids are the same.
	start(ctx, t, monitor, "a", bson.D{{Key: "find", Value: "orders"}})
	start(ctx, t, monitor, "b", bson.D{{Key: "getMore", Value: int64(1)}, {Key: "collection", Value: "menus"}})
	monitor.Failed(ctx, &event.CommandFailedEvent{CommandFinishedEvent: finished("b", "getMore"), Failure: errors.New("cursor gone")})
	monitor.Succeeded(ctx, &event.CommandSucceededEvent{CommandFinishedEvent: finished("a", "find")})

	ended := recorder.Ended()
	require.Len(t, ended, 2)
	require.Equal(t, "getMore menus", ended[0].Name())
	require.Equal(t, codes.Error, ended[0].Status().Code)
	require.Equal(t, "find orders", ended[1].Name())
	require.Equal(t, codes.Unset, ended[1].Status().Code)
	for _, s := range ended {
		require.Equal(t, parent.SpanContext().SpanID(), s.Parent().SpanID())
	}
}

func TestCommandsOutsideATraceMakeNone(t *testing.T) {
	recorder := tracetest.NewSpanRecorder()
	monitor := telemetry.MongoDB(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(recorder)))
	start(t.Context(), t, monitor, "a", bson.D{{Key: "ping", Value: 1}})
	monitor.Succeeded(t.Context(), &event.CommandSucceededEvent{CommandFinishedEvent: finished("a", "ping")})
	require.Empty(t, recorder.Started())
}
