package gateway

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
)

// Options of a gateway. Those above the line are required; the rest has useful zero values.
type Options[I, O any] struct {
	// Name tells this gateway from others, in the bucket and in metrics.
	Name string
	Log  *eventlog.Log
	// Bucket holds the lease and the checkpoint.
	Bucket   jetstream.KeyValue
	Provider Provider[I, O]
	// Domain is the event message of the domain that is followed.
	Domain proto.Message
	// Route says what an event opens and closes. It is pure.
	Route func(eventlog.Event) Change[I]
	// Record takes the outcome into the domain. It must bear being repeated. A problem that says that the domain does not
	// want it (refused, not found, invalid) is logged and counted and not tried again; any other error is.
	Record func(context.Context, Operation[I], O) error
	// Succeeded tells a success from a refusal, as Closed does.
	Succeeded func(O) bool

	// ---

	// Faults is where events are parked that can't be read or routed; without it Run fails on the first.
	Faults *fault.Store
	// Timeout of one request to the provider; 5 s where none is given.
	Timeout time.Duration
	// Concurrency bounds the requests under way at once; 16 where none is given. PerSecond bounds how many are begun; 200
	// where none is given.
	Concurrency int
	PerSecond   float64
	// RetryAfter is how long an operation rests after its first failure; it doubles up to RetryAtMost. 1 s and 1 min.
	RetryAfter, RetryAtMost time.Duration
	// TripAfter failures in a row the provider is left alone for Rest, then tried with one request. 5, and 10 s.
	TripAfter int
	Rest      time.Duration
	// CheckpointEvery is how often progress is written down; 1 s where none is given.
	CheckpointEvery time.Duration
	// ReconcileEvery is how often both sides are compared; 1 h where none is given.
	ReconcileEvery time.Duration
	// Silence of the lease, see package lease.
	Silence        time.Duration
	Logger         *slog.Logger
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
}

func (o Options[I, O]) complete() (Options[I, O], error) {
	if o.Name == "" || o.Log == nil || o.Bucket == nil || o.Provider == nil || o.Domain == nil ||
		o.Route == nil || o.Record == nil || o.Succeeded == nil {
		return o, errors.New("gateway: a required option is missing")
	}
	defaultTo(&o.Timeout, 5*time.Second)
	defaultTo(&o.Concurrency, 16)
	defaultTo(&o.PerSecond, 200)
	defaultTo(&o.RetryAfter, time.Second)
	defaultTo(&o.RetryAtMost, time.Minute)
	defaultTo(&o.TripAfter, 5)
	defaultTo(&o.Rest, 10*time.Second)
	defaultTo(&o.CheckpointEvery, time.Second)
	defaultTo(&o.ReconcileEvery, time.Hour)
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.TracerProvider == nil {
		o.TracerProvider = otel.GetTracerProvider()
	}
	if o.MeterProvider == nil {
		o.MeterProvider = otel.GetMeterProvider()
	}
	return o, nil
}

func defaultTo[N int | float64 | time.Duration](n *N, value N) {
	if *n <= 0 {
		*n = value
	}
}
