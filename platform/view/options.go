package view

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"tiffin/platform/fault"
	"tiffin/platform/seal"
)

// Options of a view. BFF is required; the rest has useful zero values.
type Options struct {
	// BFF is the name of the BFF whose view it is.
	BFF string
	// NATS carries change notices between replicas; without it only this process learns of its own changes.
	NATS *nats.Conn
	// Faults is where events are parked that can't be processed; without it the view stops before the first.
	Faults *fault.Store
	// Stale is told, with the reader's context, that what it reads stands behind a fault, or may; nil: nobody is.
	Stale func(context.Context)
	// Keys open what is personal; required where the spec names any.
	Keys           seal.Keys
	Logger         *slog.Logger
	Now            func() time.Time
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
	// TraceLinks keeps traces short: what the view does with an event gets a trace of its own with a link to the span that
	// appended the event, instead of going on in that one's trace.
	TraceLinks bool
	// BatchSize bounds the events of one batch; 1,000 where none is given.
	BatchSize int
	// LeaseTTL is how long an applier may show no sign of life before another takes over, on the other's own clock; 5 s
	// where none is given.
	LeaseTTL time.Duration
	// LagEvery is how often the log is asked how far behind the view is; 5 s where none is given.
	LagEvery time.Duration
	// WaitBound bounds WaitFor; 5 s where none is given.
	WaitBound time.Duration
	// Grace is how long what nobody reads any more is kept, so that a release can be taken back without building a view anew:
	// other versions of the view, and generations that were served before the last rebuild. 1 hour where none is given, and at
	// least four times LeaseTTL.
	Grace time.Duration
	// Connections tells how many connections to the database were made so far. Where another is made the database may have been
	// started anew, from what it had kept, and the view looks how far it is; without it that is noticed a while later.
	Connections func() uint64
	// Rebuilds is where rebuilds are asked for; without it nobody can.
	Rebuilds *Rebuilds
}

func (o Options) withDefaults() (Options, error) {
	if !nameRule.MatchString(o.BFF) {
		return o, errors.New("view: Options.BFF must be a name in lower case")
	}
	if o.Stale == nil {
		o.Stale = func(context.Context) {}
	}
	if o.Connections == nil {
		o.Connections = func() uint64 { return 0 }
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.TracerProvider == nil {
		o.TracerProvider = otel.GetTracerProvider()
	}
	if o.MeterProvider == nil {
		o.MeterProvider = otel.GetMeterProvider()
	}
	if o.BatchSize <= 0 {
		o.BatchSize = 1000
	}
	if o.LeaseTTL <= 0 {
		o.LeaseTTL = 5 * time.Second
	}
	if o.LagEvery <= 0 {
		o.LagEvery = 5 * time.Second
	}
	if o.WaitBound <= 0 {
		o.WaitBound = 5 * time.Second
	}
	if o.Grace <= 0 {
		o.Grace = time.Hour
	}
	o.Grace = max(o.Grace, 4*o.LeaseTTL)
	return o, nil
}
