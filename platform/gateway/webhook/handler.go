package webhook

import (
	"io"
	"net/http"

	lru "github.com/hashicorp/golang-lru/v2"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"tiffin/platform/fault"
	"tiffin/platform/problem"
)

// remembered is how many ids of taken messages are kept, to answer repeats without taking them again.
const remembered = 16 << 10

// Handler takes one sender's webhooks, on every replica.
type Handler struct {
	o Options
	// inbox is nil where there is no place for faults.
	inbox    *fault.Inbox
	taken    *lru.Cache[string, struct{}]
	messages metric.Int64Counter
}

// New returns the handler of one sender's webhooks.
func New(o Options) (*Handler, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	h := &Handler{o: o}
	if o.Faults != nil {
		if h.inbox, err = o.Faults.Inbox(h.consumer(), o.Shown...); err != nil {
			return nil, err
		}
	}
	if h.taken, err = lru.New[string, struct{}](remembered); err != nil {
		return nil, err
	}
	h.messages, err = o.MeterProvider.Meter("tiffin/platform/gateway/webhook").Int64Counter("tiffin.gateway.webhooks",
		metric.WithDescription("Webhooks that arrived, by what became of them."))
	return h, err
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	result, err := h.take(w, r)
	h.messages.Add(r.Context(), 1, metric.WithAttributes(
		attribute.String("tiffin.gateway", h.o.Name), attribute.String("tiffin.gateway.result", result)))
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.o.Logger.WarnContext(r.Context(), "webhook not taken", "gateway", h.o.Name, "error", err)
	traceID := ""
	if span := trace.SpanContextFromContext(r.Context()); span.HasTraceID() {
		traceID = span.TraceID().String()
	}
	p := problem.From(err)
	if result != refused && p.Kind != problem.Internal {
		// Nothing that the sender could change, whatever our own services say to each other: it is to repeat the message.
		p = problem.New(problem.Unavailable, "NOT_RECORDED", "the message could not be recorded; send it again")
	}
	p.Write(w, traceID)
}

// refused is what became of a message that is none of the sender's, or not to be had.
const refused = "refused"

// take says what became of a message, and why it was not taken.
func (h *Handler) take(w http.ResponseWriter, r *http.Request) (string, error) {
	if r.Method != http.MethodPost {
		return refused, problem.New(problem.Invalid, "METHOD_NOT_ALLOWED", "webhooks are posted")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.o.MaxBody))
	if err != nil {
		return refused, problem.New(problem.Invalid, "BODY_NOT_READABLE", "the body is cut off, or longer than %d bytes", h.o.MaxBody)
	}
	id, err := verify(r.Header, h.o.Secrets, h.o.Now(), h.o.Window, body)
	if err != nil {
		return refused, problem.New(problem.Unauthenticated, "NOT_SIGNED", "%s", err)
	}
	if h.taken.Contains(id) {
		return "repeated", nil
	}
	result, err := h.pass(r.Context(), id, body)
	if err == nil {
		h.taken.Add(id, struct{}{})
	}
	return result, err
}
