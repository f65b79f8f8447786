package main

import (
	"bufio"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	commonv1 "go.opentelemetry.io/proto/otlp/common/v1"
	tracev1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"golang.org/x/sync/errgroup"

	"tiffin/bff/customer/orders"
	"tiffin/platform/telemetry/telemetrytest"
)

const (
	face     = "tiffin.bff.customer.v1.CustomerService/"
	ordering = "tiffin.ordering.v1.OrderingService/"
)

// What one click goes through until it is in the log, from the end to the beginning.
func click(event, method, route string) []string {
	return []string{"append ordering." + event, ordering + method, ordering + method, face + method, face + method, "POST " + route}
}

// collection is that of the view whose document is pushed.
var collection = fmt.Sprintf("orders_v%d", orders.Spec().Version)

var (
	cancelling = click("OrderCancelled", "CancelOrder", "/api/customer/v1/orders/{order_id}:cancel")
	placing    = click("OrderPlaced", "PlaceOrder", "/api/customer/v1/orders")
	pushing    = []string{"push orders", "write orders", "apply orders"}
)

// An engineer follows one click through REST, gRPC, the log, the projector and MongoDB to what is pushed to a watcher.
func TestATraceFollowsAnOrderFromTheClickToThePush(t *testing.T) {
	for setting, links := range map[string]bool{"off": false, "on": true} {
		t.Run("links "+setting, func(t *testing.T) {
			receiver := telemetrytest.Receive(t)
			t.Setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.URL)
			t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
			// Nobody carries the orders on: what else changes a document may be pushed along with what is followed here.
			url := started(t, "TIFFIN_TRACE_LINKS="+setting, "TIFFIN_WITHOUT=fulfilment")
			token := signedIn(t, url)
			var ids []string
			var streams []*bufio.Scanner
			var leave []func() error
			for range 3 {
				id := placed(t, url, token)
				lines, stop := watch(t, url, token, id)
				ids, streams, leave = append(ids, id), append(streams, lines), append(leave, stop)
			}
			// All at once, so that the projector has a chance to take several in one batch.
			var all errgroup.Group
			for _, id := range ids {
				all.Go(func() error { return post(t, url+"/api/customer/v1/orders/"+id+":cancel", token) })
			}
			require.NoError(t, all.Wait())
			for i, lines := range streams {
				require.True(t, until(lines, "CANCELLED"), "the stream ended: %v", lines.Err())
				require.NoError(t, leave[i]())
			}
			call(t, http.MethodGet, url+"/api/customer/v1/orders/"+ids[0], token, nil, nil)
			for _, id := range ids {
				require.EventuallyWithT(t, func(c *assert.CollectT) {
					require.Empty(c, follow(receiver.Spans(), id, links))
				}, 30*time.Second, 50*time.Millisecond)
			}
		})
	}
}

// follow walks from the push back to the click, by ids, and returns what is missing.
func follow(all []*tracev1.Span, order string, links bool) string {
	s := newSpans(all)
	if at := s.appended(order, placing[0]); at == nil || !slices.Equal(s.up(at), placing) {
		return "the placing does not lead from the append to the REST span: " + strings.Join(s.up(at), " < ")
	}
	at := s.appended(order, cancelling[0])
	if at == nil || !slices.Equal(s.up(at), cancelling) {
		return "the cancelling does not lead from the append to the REST span: " + strings.Join(s.up(at), " < ")
	}
	write := s.one(func(w *tracev1.Span) bool {
		return w.GetName() == "write orders" && number(w, "tiffin.position") == number(at, "tiffin.position")
	})
	if write == nil {
		return "no span writes the event, or several do"
	}
	push := s.one(func(p *tracev1.Span) bool {
		return p.GetName() == "push orders" && string(p.GetParentSpanId()) == string(write.GetSpanId())
	})
	if push == nil {
		return "no span pushes what was written, or several do"
	}
	apply := s.parent(write)
	way := append(slices.Clone(pushing), cancelling...)
	if links {
		way = pushing
	}
	switch {
	case !slices.Equal(s.up(push), way):
		return "the push leads up by " + strings.Join(s.up(push), " < ")
	case links && (s.linked(apply, at.GetName()) != at || s.linked(write, at.GetName()) != at):
		return "apply and write have no link to the append"
	case links == (string(push.GetTraceId()) == string(at.GetTraceId())):
		return "the push is in the wrong trace"
	case s.linked(push, face+"WatchOrder") == nil:
		return "the push has no link to the watcher's stream"
	case !s.below(push, "find "+collection):
		return "no command of MongoDB reads the document for the push"
	}
	for _, linking := range []*tracev1.Span{apply, write} {
		batch := s.linked(linking, "project orders")
		if batch == nil || len(batch.GetParentSpanId()) > 0 {
			return linking.GetName() + " has no link to the batch, a trace of its own"
		}
		if !s.below(batch, "update "+collection) {
			return "no command of MongoDB writes the batch"
		}
	}
	if s.one(func(f *tracev1.Span) bool {
		up := s.up(f)
		return f.GetName() == "find "+collection && up[len(up)-1] == "GET /api/customer/v1/orders/{order_id}"
	}) == nil {
		return "no command of MongoDB reads below the REST request that asks"
	}
	return ""
}

// spans are what a collector has been sent, by trace and span.
type spans struct {
	all []*tracev1.Span
	ids map[string]*tracev1.Span
}

func newSpans(all []*tracev1.Span) spans {
	s := spans{all, make(map[string]*tracev1.Span, len(all))}
	for _, span := range all {
		s.ids[string(span.GetTraceId())+string(span.GetSpanId())] = span
	}
	return s
}

// one returns the only span that is meant, and nil where there are several.
func (s spans) one(which func(*tracev1.Span) bool) *tracev1.Span {
	var found *tracev1.Span
	for _, span := range s.all {
		if which(span) {
			if found != nil {
				return nil
			}
			found = span
		}
	}
	return found
}

func (s spans) parent(child *tracev1.Span) *tracev1.Span {
	return s.ids[string(child.GetTraceId())+string(child.GetParentSpanId())]
}

// up are the names from a span to the root of its trace.
func (s spans) up(from *tracev1.Span) []string {
	var names []string
	for p := from; p != nil; p = s.parent(p) {
		names = append(names, p.GetName())
	}
	return names
}

func (s spans) appended(order, name string) *tracev1.Span {
	return s.one(func(a *tracev1.Span) bool {
		return a.GetName() == name && value(a, "tiffin.aggregate.id").GetStringValue() == order
	})
}

func (s spans) linked(from *tracev1.Span, name string) *tracev1.Span {
	for _, l := range from.GetLinks() {
		if to := s.ids[string(l.GetTraceId())+string(l.GetSpanId())]; to.GetName() == name {
			return to
		}
	}
	return nil
}

func (s spans) below(parent *tracev1.Span, command string) bool {
	return slices.ContainsFunc(s.all, func(c *tracev1.Span) bool {
		return c.GetName() == command && c.GetKind() == tracev1.Span_SPAN_KIND_CLIENT && s.parent(c) == parent
	})
}

func value(s *tracev1.Span, key string) *commonv1.AnyValue {
	for _, a := range s.GetAttributes() {
		if a.GetKey() == key {
			return a.GetValue()
		}
	}
	return nil
}

func number(s *tracev1.Span, key string) int64 { return value(s, key).GetIntValue() }

// watch opens the live stream of an order and waits for the first document.
func watch(t *testing.T, url, token, order string) (lines *bufio.Scanner, leave func() error) {
	t.Helper()
	var resp *http.Response
	require.Eventually(t, func() bool {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/customer/v1/orders/"+order+":watch", nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+token)
		resp, err = http.DefaultClient.Do(r)
		require.NoError(t, err)
		if resp.StatusCode != http.StatusOK { // the view doesn't know of it yet
			_ = resp.Body.Close()
			return false
		}
		return true
	}, time.Minute, 20*time.Millisecond)
	t.Cleanup(func() { _ = resp.Body.Close() })
	lines = bufio.NewScanner(resp.Body)
	require.True(t, until(lines, "PLACED"))
	return lines, resp.Body.Close
}

func until(lines *bufio.Scanner, status string) bool {
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data: ") && strings.Contains(lines.Text(), `"status":"`+status+`"`) {
			return true
		}
	}
	return false
}

func post(t *testing.T, url, token string) error {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("{}"))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
