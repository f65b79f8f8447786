package view

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

const scope = "tiffin/platform/view"

// observe publishes the view's metrics until the function that it returns is called.
func (v *View[D]) observe() (func(), error) {
	meter := v.o.MeterProvider.Meter(scope)
	at, err := meter.Int64ObservableGauge("tiffin.view.position", metric.WithDescription("Position in the log of the last event applied."))
	if err != nil {
		return nil, err
	}
	lag, err := meter.Int64ObservableGauge("tiffin.view.lag", metric.WithUnit("{event}"),
		metric.WithDescription("Events still to be applied."))
	if err != nil {
		return nil, err
	}
	parked, err := meter.Int64ObservableGauge("tiffin.view.parked", metric.WithUnit("{document}"),
		metric.WithDescription("Documents that stand behind faults."))
	if err != nil {
		return nil, err
	}
	astray, err := meter.Int64ObservableGauge("tiffin.view.astray", metric.WithUnit("{aggregate}"),
		metric.WithDescription("Aggregates with events that can't be routed: while there is one, every answer of the view is stale."))
	if err != nil {
		return nil, err
	}
	blocked, err := meter.Int64ObservableGauge("tiffin.view.blocked", metric.WithDescription("1 while the view waits for something to pass."))
	if err != nil {
		return nil, err
	}
	poisoned, err := meter.Int64ObservableCounter("tiffin.view.faults", metric.WithUnit("{event}"),
		metric.WithDescription("Events that this replica could not process, and has parked."))
	if err != nil {
		return nil, err
	}
	events, err := meter.Int64ObservableCounter("tiffin.view.events", metric.WithUnit("{event}"),
		metric.WithDescription("Events applied by this replica."))
	if err != nil {
		return nil, err
	}
	perSecond, err := meter.Float64ObservableGauge("tiffin.view.rate", metric.WithUnit("{event}/s"),
		metric.WithDescription("Events a second that this replica has applied of late."))
	if err != nil {
		return nil, err
	}
	labels := metric.WithAttributes(v.attributes()...)
	registration, err := meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		v.mu.Lock()
		defer v.mu.Unlock()
		waits := int64(0)
		if v.blocked != "" {
			waits = 1
		}
		o.ObserveInt64(at, int64(v.at.Position), labels)
		o.ObserveInt64(lag, int64(v.lag), labels)
		o.ObserveInt64(parked, int64(v.at.Parked), labels)
		o.ObserveInt64(astray, int64(len(v.at.Subjects)), labels)
		o.ObserveInt64(blocked, waits, labels)
		o.ObserveInt64(poisoned, int64(v.poisoned), labels)
		o.ObserveInt64(events, int64(v.applied), labels)
		o.ObserveFloat64(perSecond, v.rate.at(time.Now()), labels)
		return nil
	}, at, lag, parked, astray, blocked, poisoned, events, perSecond)
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
