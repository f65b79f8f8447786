package telemetry

import (
	"context"
	"fmt"
	"os"

	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

const (
	overGRPC = "grpc"
	overHTTP = "http/protobuf"
)

// choice is what the OTEL_* variables ask for that the SDK doesn't read by itself.
type choice struct {
	traces  string // the protocol; empty: off
	metrics bool
}

func choose() (choice, error) {
	var c choice
	if os.Getenv("OTEL_SDK_DISABLED") == "true" {
		return c, nil
	}
	var err error
	if c.traces, err = protocol("TRACES", overGRPC, overHTTP); err != nil {
		return choice{}, err
	}
	metrics, err := protocol("METRICS", overGRPC)
	c.metrics = metrics != ""
	return c, err
}

// protocol by which a signal leaves; empty: it stays.
func protocol(signal string, able ...string) (string, error) {
	switch name := "OTEL_" + signal + "_EXPORTER"; os.Getenv(name) {
	case "none":
		return "", nil
	case "", "otlp":
	default:
		return "", fmt.Errorf("telemetry: %s=%s: only otlp and none are known", name, os.Getenv(name))
	}
	if first("OTEL_EXPORTER_OTLP_"+signal+"_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT") == "" {
		return "", nil
	}
	name := "OTEL_EXPORTER_OTLP_" + signal + "_PROTOCOL"
	wanted := first(name, "OTEL_EXPORTER_OTLP_PROTOCOL")
	if wanted == "" {
		return overGRPC, nil
	}
	for _, p := range able {
		if wanted == p {
			return p, nil
		}
	}
	return "", fmt.Errorf("telemetry: %s can't leave by %q, only by %q: set %s, or OTEL_%s_EXPORTER=none", signal, wanted, able, name, signal)
}

func first(names ...string) string {
	for _, name := range names {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	return ""
}

func traceExporter(ctx context.Context, protocol string) (sdktrace.SpanExporter, error) {
	if protocol == overHTTP {
		return otlptracehttp.New(ctx)
	}
	return otlptracegrpc.New(ctx)
}

func metricExporter(ctx context.Context) (sdkmetric.Exporter, error) { return otlpmetricgrpc.New(ctx) }
