package telemetry

import (
	"context"
	"maps"
	"slices"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/trace"
)

const (
	traceparent = "traceparent"
	// linkHeader holds further spans, each as traceparent says it.
	linkHeader = "tiffin-tracelink"
)

// Inject writes the span of ctx into a message's header, if there is one.
func Inject(ctx context.Context, h nats.Header) { Propagator().Inject(ctx, carrier(h)) }

// InjectSpans writes several spans into a message's header: the last one is who caused it, the others are linked to.
func InjectSpans(h nats.Header, spans ...trace.SpanContext) {
	for i, s := range spans {
		ctx := trace.ContextWithSpanContext(context.Background(), s)
		if i == len(spans)-1 {
			Inject(ctx, h)
			return
		}
		link := nats.Header{}
		Inject(ctx, link)
		h[linkHeader] = append(h[linkHeader], link[traceparent]...)
	}
}

// Extract returns the span that Inject wrote into the header; an invalid one where it wrote none.
func Extract(h nats.Header) trace.SpanContext {
	if h[traceparent] == nil {
		return trace.SpanContext{}
	}
	return trace.SpanContextFromContext(Propagator().Extract(context.Background(), carrier(h)))
}

// ExtractSpans returns what InjectSpans wrote, in the same order. What can't be read is left out.
func ExtractSpans(h nats.Header) []trace.SpanContext {
	var spans []trace.SpanContext
	for _, link := range h[linkHeader] {
		if s := Extract(nats.Header{traceparent: {link}}); s.IsValid() {
			spans = append(spans, s)
		}
	}
	if s := Extract(h); s.IsValid() {
		spans = append(spans, s)
	}
	return spans
}

// carrier keeps header names as they are: nats.Header is case-sensitive, and W3C names are in lower case.
type carrier nats.Header

func (c carrier) Get(key string) string {
	if values := c[key]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func (c carrier) Set(key, value string) { c[key] = []string{value} }

func (c carrier) Keys() []string {
	return slices.Collect(maps.Keys(c))
}
