package eventlog

import (
	"context"
	"errors"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

const scope = "tiffin/platform/eventlog"

// appendBounds in seconds: an append takes some tens of microseconds, and seconds where a leader has gone.
var appendBounds = []float64{
	0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
}

func appendDuration(provider metric.MeterProvider) (metric.Float64Histogram, error) {
	return provider.Meter(scope).Float64Histogram("tiffin.eventlog.append.duration", metric.WithUnit("s"),
		metric.WithDescription("How long appends to the event log took, repeats of unanswered ones included."),
		metric.WithExplicitBucketBoundaries(appendBounds...))
}

// The outcomes of an append, as its metric names them.
const (
	appended = "appended"
	conflict = "conflict"
	unsure   = "unknown"
	failed   = "failed"
)

// outcomes are the labels of one domain's appends, made once: an append is too short to make them each time.
type outcomes map[string][]metric.RecordOption

func outcomesOf(domain string) outcomes {
	out := outcomes{}
	for _, name := range []string{appended, conflict, unsure, failed} {
		out[name] = []metric.RecordOption{metric.WithAttributeSet(attribute.NewSet(
			attribute.String("tiffin.domain", domain), attribute.String("tiffin.outcome", name)))}
	}
	return out
}

func (o outcomes) record(ctx context.Context, into metric.Float64Histogram, took time.Duration, err error) {
	name := failed
	switch {
	case err == nil:
		name = appended
	case errors.Is(err, ErrConflict):
		name = conflict
	case errors.Is(err, outcomeUnknown()):
		name = unsure
	}
	into.Record(ctx, took.Seconds(), o[name]...)
}
