package view

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"tiffin/platform/eventlog"
)

const (
	scope = "tiffin/platform/view"
	// traceFor is how old an event may be whose trace still gets spans: a replay of history must not flood the traces.
	traceFor = time.Hour
)

// observe publishes the view's metrics until the function that it returns is called.
func (v *View[D]) observe() (func(), error) {
	meter := v.o.MeterProvider.Meter(scope)
	at, err := meter.Int64ObservableGauge("tiffin.view.position", metric.WithDescription("Position of the last event applied."))
	if err != nil {
		return nil, err
	}
	lag, err := meter.Int64ObservableGauge("tiffin.view.lag", metric.WithDescription("Events still to be applied."))
	if err != nil {
		return nil, err
	}
	faulted, err := meter.Int64ObservableGauge("tiffin.view.faulted", metric.WithDescription("1 while a fault stops the view."))
	if err != nil {
		return nil, err
	}
	events, err := meter.Int64ObservableCounter("tiffin.view.events", metric.WithDescription("Events applied by this replica."))
	if err != nil {
		return nil, err
	}
	labels := metric.WithAttributes(v.attributes()...)
	registration, err := meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		v.mu.Lock()
		defer v.mu.Unlock()
		stopped := int64(0)
		if v.fault != nil {
			stopped = 1
		}
		o.ObserveInt64(at, int64(v.at.Position), labels)
		o.ObserveInt64(lag, int64(v.at.Pending), labels)
		o.ObserveInt64(faulted, stopped, labels)
		o.ObserveInt64(events, int64(v.applied), labels)
		return nil
	}, at, lag, faulted, events)
	if err != nil {
		return nil, err
	}
	return func() { _ = registration.Unregister() }, nil
}

func (v *View[D]) attributes() []attribute.KeyValue {
	return []attribute.KeyValue{
		attribute.String("tiffin.bff", v.o.BFF), attribute.String("tiffin.view", v.spec.Name), attribute.Int("tiffin.view.version", v.spec.Version),
	}
}

func (v *View[D]) startBatch(ctx context.Context, b eventlog.Batch) (context.Context, trace.Span) {
	return v.tracer.Start(ctx, "project "+v.spec.Name, trace.WithNewRoot(), trace.WithAttributes(v.attributes()...),
		trace.WithAttributes(attribute.Int("tiffin.batch.events", len(b.Events)), attribute.Int64("tiffin.batch.pending", int64(b.Pending))))
}

// traceEvents shows in each event's own trace what the batch did with it.
func (v *View[D]) traceEvents(ctx context.Context, batch trace.Span, out applied, start, end time.Time) {
	link := trace.WithLinks(trace.Link{SpanContext: batch.SpanContext()})
	attributes := trace.WithAttributes(v.attributes()...)
	for _, e := range out.events {
		if !e.Trace.IsValid() || !e.Trace.IsSampled() || v.o.Now().Sub(e.Time) > traceFor {
			continue
		}
		parent := trace.ContextWithRemoteSpanContext(ctx, e.Trace)
		position := trace.WithAttributes(attribute.String("tiffin.event", e.Type), attribute.Int64("tiffin.position", int64(e.Position)))
		child, apply := v.tracer.Start(parent, "apply "+v.spec.Name, link, attributes, position, trace.WithTimestamp(start))
		_, write := v.tracer.Start(child, "write "+v.spec.Name, link, attributes, position, trace.WithTimestamp(out.writeStart))
		write.End(trace.WithTimestamp(end))
		apply.End(trace.WithTimestamp(end))
	}
}
