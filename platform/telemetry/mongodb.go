package telemetry

import (
	"context"
	"sync"

	"go.mongodb.org/mongo-driver/v2/event"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// running tells commands apart: a request id is unique within one client only.
type running struct {
	connection string
	request    int64
}

// MongoDB returns a monitor that gives each command of the driver a span, if it runs within a trace that is recorded: what
// the driver does for itself makes no traces of its own. Spans don't carry the command, which may hold personal data. Where
// nothing is traced it is nil, so that the driver copies no commands for it.
func MongoDB(provider trace.TracerProvider) *event.CommandMonitor {
	if _, off := provider.(noop.TracerProvider); off {
		return nil
	}
	tracer := provider.Tracer("tiffin/platform/telemetry")
	var spans sync.Map // running → trace.Span; the driver reports an end for each start
	end := func(e event.CommandFinishedEvent, failure error) {
		held, ok := spans.LoadAndDelete(running{e.ConnectionID, e.RequestID})
		if !ok {
			return
		}
		span := held.(trace.Span)
		if failure != nil {
			span.RecordError(failure)
			span.SetStatus(codes.Error, e.CommandName+" failed")
		}
		span.End()
	}
	return &event.CommandMonitor{
		Started: func(ctx context.Context, e *event.CommandStartedEvent) {
			if !trace.SpanFromContext(ctx).IsRecording() {
				return
			}
			attributes := []attribute.KeyValue{
				attribute.String("db.system.name", "mongodb"),
				attribute.String("db.namespace", e.DatabaseName),
				attribute.String("db.operation.name", e.CommandName),
			}
			name := e.CommandName
			if collection := collectionOf(e); collection != "" {
				attributes = append(attributes, attribute.String("db.collection.name", collection))
				name += " " + collection
			}
			_, span := tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
			spans.Store(running{e.ConnectionID, e.RequestID}, span)
		},
		Succeeded: func(_ context.Context, e *event.CommandSucceededEvent) { end(e.CommandFinishedEvent, nil) },
		Failed:    func(_ context.Context, e *event.CommandFailedEvent) { end(e.CommandFinishedEvent, e.Failure) },
	}
}

// collectionOf a command is the value of its first element, where that is a name; getMore says it elsewhere.
func collectionOf(e *event.CommandStartedEvent) string {
	key := e.CommandName
	if key == "getMore" {
		key = "collection"
	}
	name, _ := e.Command.Lookup(key).StringValueOK()
	return name
}
