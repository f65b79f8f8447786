// Package telemetrytest is an OTLP receiver in memory, for tests that assert what a real collector would be sent.
// It owns the listener and the spans received; its callers own the process that exports to it.
// It keeps everything until the test ends, in the order of arrival, which is not the order of the spans.
package telemetrytest
