package gateway

import (
	"context"
	"errors"
	"time"

	"go.opentelemetry.io/otel/trace"
)

// Provider is what an outside system must offer. I is what the domain wants, O what came of it. Both methods are called with
// a context that ends after Options.Timeout, from several goroutines at once.
type Provider[I, O any] interface {
	// Call asks for the operation, with its id as the idempotency key. The outcome is final, a refusal for good included.
	// An error leaves open whether it was done: ErrPending, or anything else that may pass.
	Call(ctx context.Context, op Operation[I]) (O, error)
	// Ask tells what became of the operation without asking for it. ErrNeverHeard: it was not done, and may be called.
	Ask(ctx context.Context, operationID string) (O, error)
}

// ErrNeverHeard says that the provider does not know the operation.
var ErrNeverHeard = errors.New("the provider never heard of this operation")

// ErrPending says that the provider has taken the operation and will know later: by a webhook, or when it is asked again.
var ErrPending = errors.New("the provider does not know the outcome yet")

// Operation is something that the domain wants from the provider, as its event in the log says.
type Operation[I any] struct {
	// ID is the provider's idempotency key, the same for ever.
	ID     string
	Intent I
	// Event is the id of the event that recorded the intent, Position its place in the log, Time when it was appended.
	Event         string
	Position      uint64
	Time          time.Time
	CorrelationID string
	// Trace is the span that appended the event.
	Trace trace.SpanContext
}

// Change is what one event says to a gateway. Its zero value: nothing.
type Change[I any] struct {
	// Opens is the id of the operation to ask for from now on; empty: none.
	Opens  string
	Intent I
	// Closes lists operations whose outcome this event records.
	Closes []Closed
}

// Closed is an operation with its outcome as the log has it.
type Closed struct {
	OperationID string
	Succeeded   bool
}
