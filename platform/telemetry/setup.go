package telemetry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	otelprometheus "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// Telemetry is what a process hands to its parts.
type Telemetry struct {
	TracerProvider trace.TracerProvider
	MeterProvider  metric.MeterProvider
	// Metrics answers /metrics.
	Metrics http.Handler

	shutdown []func(context.Context) error
}

// Setup reads the OTEL_* variables. Without an OTLP endpoint nothing leaves the process and tracing costs next to nothing;
// /metrics is always there. OTEL_SERVICE_NAME overrides the service's name.
func Setup(ctx context.Context, service string) (*Telemetry, error) {
	choice, err := choose()
	if err != nil {
		return nil, err
	}
	// What the environment says comes last, and wins.
	about, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", service)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("telemetry: %w", err)
	}
	t := &Telemetry{TracerProvider: noop.NewTracerProvider()}
	if err := t.meter(ctx, choice, about); err != nil {
		return nil, err
	}
	if err := t.tracer(ctx, choice, about); err != nil {
		return nil, errors.Join(err, t.Shutdown(ctx))
	}
	return t, nil
}

func (t *Telemetry) tracer(ctx context.Context, c choice, about *resource.Resource) error {
	if c.traces == "" {
		return nil
	}
	exporter, err := traceExporter(ctx, c.traces)
	if err != nil {
		return fmt.Errorf("telemetry: export traces: %w", err)
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about))
	t.TracerProvider = provider
	t.shutdown = append(t.shutdown, provider.Shutdown)
	return nil
}

func (t *Telemetry) meter(ctx context.Context, c choice, about *resource.Resource) error {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	scraped, err := otelprometheus.New(otelprometheus.WithRegisterer(registry))
	if err != nil {
		return fmt.Errorf("telemetry: metrics: %w", err)
	}
	options := []sdkmetric.Option{sdkmetric.WithReader(scraped), sdkmetric.WithResource(about), sdkmetric.WithView(trimmed)}
	if c.metrics {
		exporter, err := metricExporter(ctx)
		if err != nil {
			return fmt.Errorf("telemetry: export metrics: %w", err)
		}
		options = append(options, sdkmetric.WithReader(sdkmetric.NewPeriodicReader(exporter)))
	}
	provider := sdkmetric.NewMeterProvider(options...)
	t.MeterProvider = provider
	t.Metrics = promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	t.shutdown = append(t.shutdown, provider.Shutdown)
	return nil
}

// trimmed leaves out of what net/http is measured by the labels that a client can fill with anything (the address is what its
// Host header says), and the sizes, which nobody looks at and every request would pay for.
func trimmed(i sdkmetric.Instrument) (sdkmetric.Stream, bool) {
	out := sdkmetric.Stream{Name: i.Name, Description: i.Description, Unit: i.Unit}
	switch {
	case !strings.HasPrefix(i.Name, "http.server."):
		return out, false
	case strings.HasSuffix(i.Name, ".body.size"):
		out.Aggregation = sdkmetric.AggregationDrop{}
	default:
		out.AttributeFilter = attribute.NewDenyKeysFilter("server.address", "server.port")
	}
	return out, true
}

// Propagator is how a trace crosses from one process to the next: W3C trace context.
func Propagator() propagation.TextMapPropagator { return propagation.TraceContext{} }

// Install makes these the process's own, for libraries that ask nobody. Call it once, from main.
func (t *Telemetry) Install() {
	otel.SetTextMapPropagator(Propagator())
	otel.SetTracerProvider(t.TracerProvider)
	otel.SetMeterProvider(t.MeterProvider)
}

// Shutdown sends what is left. Its errors say that some of it was lost; they are no reason for a process to fail.
func (t *Telemetry) Shutdown(ctx context.Context) error {
	var faults []error
	for _, shutdown := range t.shutdown {
		faults = append(faults, shutdown(ctx))
	}
	return errors.Join(faults...)
}
