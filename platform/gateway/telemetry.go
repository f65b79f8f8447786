package gateway

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// meters are what a gateway counts.
type meters struct {
	requests    metric.Float64Histogram
	refused     metric.Int64Counter
	differences metric.Int64Gauge
	name        attribute.KeyValue
	open        atomic.Pointer[func() int]
	watching    metric.Registration
}

func newMeters(m metric.Meter, name string, breaker func() gobreaker.State) (*meters, error) {
	out := &meters{name: attribute.String("tiffin.gateway", name)}
	var errs [5]error
	out.requests, errs[0] = m.Float64Histogram("tiffin.gateway.request.duration", metric.WithUnit("s"),
		metric.WithDescription("Requests to the provider, by what was asked and how it ended."))
	out.refused, errs[1] = m.Int64Counter("tiffin.gateway.unwanted",
		metric.WithDescription("Outcomes that the domain did not want: each is for somebody to look at."))
	out.differences, errs[2] = m.Int64Gauge("tiffin.gateway.differences",
		metric.WithDescription("Operations on which log and provider did not agree when they were compared last."))
	open, err := m.Int64ObservableGauge("tiffin.gateway.open", metric.WithDescription("Operations without an outcome."))
	errs[3] = err
	state, err := m.Int64ObservableGauge("tiffin.gateway.breaker", metric.WithDescription("0 closed, 1 half-open, 2 open."))
	errs[4] = err
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	out.watching, err = m.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		if count := out.open.Load(); count != nil {
			o.ObserveInt64(open, int64((*count)()), metric.WithAttributes(out.name))
		}
		o.ObserveInt64(state, int64(breaker()), metric.WithAttributes(out.name))
		return nil
	}, open, state)
	return out, err
}

func (m *meters) watch(open func() int) { m.open.Store(&open) }

func (m *meters) unregister() { _ = m.watching.Unregister() } // it can't fail where the callback was registered

func (m *meters) requested(ctx context.Context, what string, err error, took time.Duration) {
	result := "answered"
	switch {
	case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests):
		result = "not sent"
	case errors.Is(err, ErrPending):
		result = "pending"
	case errors.Is(err, ErrNeverHeard):
		result = "never heard"
	case err != nil:
		result = "failed"
	}
	m.requests.Record(ctx, took.Seconds(), metric.WithAttributes(m.name,
		attribute.String("tiffin.gateway.request", what), attribute.String("tiffin.gateway.result", result)))
}

func (m *meters) unwanted(ctx context.Context) { m.refused.Add(ctx, 1, metric.WithAttributes(m.name)) }

func (m *meters) differ(ctx context.Context, n int) {
	m.differences.Record(ctx, int64(n), metric.WithAttributes(m.name))
}
