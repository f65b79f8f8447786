package eventlog

import (
	"time"

	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/proto"
)

// Event is one fact of the log, as it was read.
type Event struct {
	// Position is the sequence in the log.
	Position uint64
	// ID is the event's own ULID.
	ID string
	// Type is derived from the oneof: "ordering.OrderPlaced".
	Type string
	// Domain is the first part of the type: "ordering".
	Domain string
	// AggregateID is the id of the aggregate whose fact this is.
	AggregateID string
	// Time is when it was appended, by the appending process's clock.
	Time time.Time
	// CommandID is the command that caused it; CorrelationID ties a whole story together; CausationID is the event or
	// request before it.
	CommandID, CorrelationID, CausationID string
	// Fingerprint identifies the content of the command, so that one id can't stand for two commands.
	Fingerprint string
	// Trace is the span that appended it.
	Trace trace.SpanContext
	// Data is the domain's event message, such as *orderingv1.OrderEvent, personal fields open. It is nil when Err is set.
	Data proto.Message
	// Err says why the event can't be read. Its position, and whatever else could be read, is still there.
	Err error
	// Record is what all of this was read from.
	Record Record
}

// Command identifies a request to change an aggregate. It rides in the context, put there by the gRPC server.
type Command struct {
	// ID is the client's; a repeat with the same id answers as the first did. Empty: not remembered.
	ID string
	// Fingerprint of the request's content; the same ID with another one is refused as problem.KeyReused.
	Fingerprint string
	// CorrelationID and CausationID go into the event as they are.
	CorrelationID, CausationID string
}
