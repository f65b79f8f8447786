package view

import (
	"context"
	"slices"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"tiffin/platform/eventlog"
)

const (
	// traceFor is how old an event may be whose trace still gets spans: a replay of history must not flood the traces.
	traceFor = time.Hour
	// maxCauses bounds what a notice links to, however many events of a batch concern one document.
	maxCauses = 16
)

// causes are the spans that wrote a document, in the order of their events. None: nobody traces.
type causes []trace.SpanContext

func (c causes) then(later causes) causes {
	all := slices.Concat(c, later)
	return all[max(0, len(all)-maxCauses):]
}

// startBatch starts the span of a batch. It is a trace of its own, for it works on the events of many.
func (v *View[D]) startBatch(ctx context.Context, b eventlog.Batch) (context.Context, trace.Span) {
	if v.untraced {
		return ctx, noop.Span{}
	}
	return v.tracer.Start(ctx, "project "+v.spec.Name, trace.WithNewRoot(), trace.WithAttributes(v.attributes()...),
		trace.WithAttributes(attribute.Int("tiffin.batch.events", len(b.Events)), attribute.Int64("tiffin.batch.pending", int64(b.Pending))))
}

// traceEvents shows with each traced event what the batch did with it, and returns what wrote each document.
func (v *View[D]) traceEvents(ctx context.Context, batch trace.Span, out applied, start time.Time) map[string]causes {
	if v.untraced {
		return nil
	}
	written := map[string]causes{}
	for i, e := range out.events {
		if !e.Trace.IsSampled() || len(out.routes[i]) == 0 || v.o.Now().Sub(e.Time) > traceFor {
			continue
		}
		if write := v.traceEvent(ctx, batch, e, start, out); write.IsSampled() {
			for _, id := range out.routes[i] {
				written[id] = written[id].then(causes{write})
			}
		}
	}
	return written
}

// traceEvent returns the span of the writing. Both spans link to the batch's, below which the driver's commands are.
func (v *View[D]) traceEvent(ctx context.Context, batch trace.Span, e Event, start time.Time, out applied) trace.SpanContext {
	options := []trace.SpanStartOption{
		trace.WithLinks(trace.Link{SpanContext: batch.SpanContext()}), trace.WithAttributes(v.attributes()...),
		trace.WithAttributes(attribute.String("tiffin.event", e.Type), attribute.Int64("tiffin.position", int64(e.Position))),
	}
	beginning := trace.ContextWithRemoteSpanContext(ctx, e.Trace)
	if v.o.TraceLinks {
		beginning = trace.ContextWithSpanContext(ctx, trace.SpanContext{})
		options = append(options, trace.WithLinks(trace.Link{SpanContext: e.Trace}))
	}
	options = options[:len(options):len(options)]
	child, apply := v.tracer.Start(beginning, "apply "+v.spec.Name, append(options, trace.WithTimestamp(start))...)
	_, write := v.tracer.Start(child, "write "+v.spec.Name, append(options, trace.WithTimestamp(out.writeStart))...)
	write.End(trace.WithTimestamp(out.writeEnd))
	apply.End(trace.WithTimestamp(out.writeEnd))
	return write.SpanContext()
}

// Push starts the span of passing the change on to a watcher, below the span that wrote it. It links to what wrote the
// changes before it, and to the span of ctx: a watcher's own may last for hours, and the push belongs to what was changed.
// Work that is done in the returned context is seen below the push. Where the change isn't traced, ctx is returned as it is.
func (n Notice) Push(ctx context.Context) (context.Context, trace.Span) {
	if len(n.causes) == 0 {
		return ctx, noop.Span{}
	}
	return n.start(ctx, n.causes)
}

func (v *View[D]) startPush(ctx context.Context, c causes) (context.Context, trace.Span) {
	last := len(c) - 1
	links := make([]trace.Link, 0, len(c))
	if watcher := trace.SpanContextFromContext(ctx); watcher.IsValid() {
		links = append(links, trace.Link{SpanContext: watcher})
	}
	for _, earlier := range c[:last] {
		links = append(links, trace.Link{SpanContext: earlier})
	}
	return v.tracer.Start(trace.ContextWithRemoteSpanContext(ctx, c[last]), "push "+v.spec.Name,
		trace.WithLinks(links...), trace.WithAttributes(v.attributes()...))
}
