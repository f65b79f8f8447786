package view

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"google.golang.org/protobuf/proto"

	"tiffin/platform/eventlog"
	"tiffin/platform/fault"
	"tiffin/platform/hub/hubtest"
	"tiffin/platform/mongolite/mongotest"
)

// batches is a log that delivers exactly these batches.
type batches []eventlog.Batch

func (b batches) Follow(ctx context.Context, _ eventlog.FollowOptions, handle func(context.Context, eventlog.Batch) error) error {
	for _, batch := range b {
		if err := handle(ctx, batch); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return ctx.Err()
}

func (batches) Behind(context.Context, uint64, ...proto.Message) (uint64, error) { return 0, nil }

func (batches) Decode(context.Context, eventlog.Record, eventlog.FollowOptions) (Event, error) {
	return Event{}, errors.New("nothing is parked")
}

// noFaults is a place for faults, of which there are none.
func noFaults(t *testing.T) *fault.Store {
	t.Helper()
	faults, err := fault.Open(t.Context(), hubtest.Connect(t), fault.Options{})
	require.NoError(t, err)
	return faults
}

// traced runs a view on the batches, and returns a notice of restaurant 1 once it has applied them.
func traced(t *testing.T, recorder *tracetest.SpanRecorder, log batches, nc *nats.Conn, links bool) Notice {
	t.Helper()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(recorder))
	v, err := newView(log, mongotest.Database(t), fixed("trails"), Options{
		BFF: "customer", Faults: noFaults(t), NATS: nc, Logger: slog.New(slog.DiscardHandler), TracerProvider: provider, TraceLinks: links,
		Now: func() time.Time { return time.Unix(100, 0) },
	})
	require.NoError(t, err)
	changed, stopWatching := v.Watch(t.Context(), "restaurant 1")
	defer stopWatching()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- v.Run(ctx) }()
	last := log[len(log)-1].Events
	requireCurrent(t, v, last[len(last)-1].Position)
	notice := <-changed
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
	return notice
}

// appended is the span that appended an event.
func appended(n byte) trace.SpanContext {
	return trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{n}, SpanID: trace.SpanID{n}, TraceFlags: trace.FlagsSampled})
}

// twoOrders of two people, of two traces, at one restaurant, in one batch; and one that nobody traces.
func twoOrders() batches {
	untraced := event(1, "order 0", cancelled("restaurant 1", "late"))
	one := event(2, "order 1", cancelled("restaurant 1", "late"))
	two := event(3, "order 2", cancelled("restaurant 1", "late"))
	old := event(4, "order 3", cancelled("restaurant 2", "late"))
	one.Trace, two.Trace, old.Trace = appended(1), appended(2), appended(4)
	old.Time = time.Unix(99, 0).Add(-traceFor)
	return batches{{Events: []Event{untraced, one, two, old}}}
}

// find returns the one span with a name that stands in a trace, or is linked to it.
func find(t *testing.T, recorder *tracetest.SpanRecorder, name string, of trace.SpanContext) sdktrace.ReadOnlySpan {
	t.Helper()
	var found []sdktrace.ReadOnlySpan
	for _, s := range recorder.Ended() {
		if s.Name() == name && (s.SpanContext().TraceID() == of.TraceID() || linked(s, of)) {
			found = append(found, s)
		}
	}
	require.Len(t, found, 1, "%s of trace %s", name, of.TraceID())
	return found[0]
}

func linked(s sdktrace.ReadOnlySpan, to trace.SpanContext) bool {
	for _, l := range s.Links() {
		if l.SpanContext.SpanID() == to.SpanID() && l.SpanContext.TraceID() == to.TraceID() {
			return true
		}
	}
	return false
}

func TestEachTracedEventOfABatchHasSpansOfItsOwn(t *testing.T) {
	for name, links := range map[string]bool{"children": false, "links": true} {
		t.Run(name, func(t *testing.T) {
			recorder := tracetest.NewSpanRecorder()
			notice := traced(t, recorder, twoOrders(), hubtest.Connect(t), links)
			ended := recorder.Ended()
			batch := ended[len(ended)-1]
			require.Equal(t, "project trails", batch.Name())
			var writes []sdktrace.ReadOnlySpan
			for _, n := range []byte{1, 2} {
				apply, write := find(t, recorder, "apply trails", appended(n)), find(t, recorder, "write trails", appended(n))
				require.Equal(t, apply.SpanContext().SpanID(), write.Parent().SpanID())
				require.True(t, linked(apply, batch.SpanContext()))
				require.True(t, linked(write, batch.SpanContext()))
				require.Equal(t, links, apply.SpanContext().TraceID() != appended(n).TraceID())
				require.Equal(t, links, !apply.Parent().IsValid())
				if !links {
					require.Equal(t, appended(n).SpanID(), apply.Parent().SpanID())
				}
				writes = append(writes, write)
			}
			require.NotEqual(t, writes[0].SpanContext().TraceID(), writes[1].SpanContext().TraceID())
			require.Len(t, recorder.Ended(), 5, "neither the untraced event nor the old one has any")

			// One notice for all of the document's changes: caused by the last, linked to the other and to the watcher.
			stream := appended(9)
			_, span := notice.Push(trace.ContextWithSpanContext(t.Context(), stream))
			span.End()
			push := recorder.Ended()[5]
			require.Equal(t, "push trails", push.Name())
			require.Equal(t, writes[1].SpanContext().SpanID(), push.Parent().SpanID())
			require.Equal(t, writes[1].SpanContext().TraceID(), push.SpanContext().TraceID())
			require.True(t, linked(push, writes[0].SpanContext()))
			require.True(t, linked(push, stream))
		})
	}
}

func TestUnreadNoticesBecomeOneThatKnowsOfAll(t *testing.T) {
	v := &View[trail]{}
	changed, cancel := v.Watch(t.Context(), "order 1")
	defer cancel()
	v.watchers.wake("order 2", Notice{causes: causes{appended(9)}})
	v.watchers.wake(token("order 1"), Notice{causes: causes{appended(1), appended(2)}, start: v.startPush})
	v.watchers.wake(token("order 1"), Notice{causes: causes{appended(3)}, start: v.startPush})
	v.watchers.wakeAll()
	n := <-changed
	require.Equal(t, causes{appended(1), appended(2), appended(3)}, n.causes)
	require.NotNil(t, n.start)
	require.Empty(t, changed)
	for n := range byte(2 * maxCauses) {
		v.watchers.wake(token("order 1"), Notice{causes: causes{appended(n + 1)}, start: v.startPush})
	}
	n = <-changed
	require.Len(t, n.causes, maxCauses)
	require.Equal(t, appended(2*maxCauses), n.causes[maxCauses-1], "the newest stay")
}

func TestWithoutTracingNothingIsSpentOnIt(t *testing.T) {
	v, err := newView(batches{}, mongotest.Database(t), fixed("trails"), Options{BFF: "customer", Faults: noFaults(t), TracerProvider: noop.NewTracerProvider()})
	require.NoError(t, err)
	b := twoOrders()[0]
	out := applied{events: b.Events, routes: make([][]string, len(b.Events))}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		ctx, span := v.startBatch(t.Context(), b)
		v.traceEvents(ctx, span, out, time.Time{})
		_, push := Notice{}.Push(ctx)
		push.End()
		span.End()
	}))
}
