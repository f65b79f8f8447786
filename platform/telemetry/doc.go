// Package telemetry sets up traces, metrics and logs: OTLP by the standard OTEL_* variables, Prometheus at /metrics, slog
// records that carry the trace they belong to, and spans for the MongoDB driver. Its callers own the spans and instruments.
// Telemetry is never on the way of the work: what can't be exported is dropped.
package telemetry
