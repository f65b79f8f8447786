package webhook

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"tiffin/platform/problem"
)

// Options of a handler. Secrets and Record are required; the rest has useful zero values.
type Options struct {
	// Name tells these webhooks from others in metrics and logs.
	Name    string
	Secrets [][]byte
	// Record takes one message, whose content nobody has looked at yet. A problem is answered as it is, so that the sender
	// repeats it later; any other error is answered as internal.
	Record func(ctx context.Context, body []byte) error
	// Window is how far a message's time may be from now; 5 min where none is given.
	Window time.Duration
	// MaxBody bounds a message in bytes; 64 KiB where none is given.
	MaxBody int64
	// Now is the clock; time.Now where none is given.
	Now           func() time.Time
	Logger        *slog.Logger
	MeterProvider metric.MeterProvider
}

const (
	defaultWindow  = 5 * time.Minute
	defaultMaxBody = 64 << 10
	// remembered is how many ids of recorded messages are kept, to answer repeats without recording them again.
	remembered = 16 << 10
)

type handler struct {
	o        Options
	recorded *lru.Cache[string, struct{}]
	messages metric.Int64Counter
}

// New returns the handler of one sender's webhooks.
func New(o Options) (http.Handler, error) {
	if len(o.Secrets) == 0 || o.Record == nil {
		return nil, errors.New("webhook: a required option is missing")
	}
	for _, secret := range o.Secrets {
		if len(secret) == 0 {
			return nil, errors.New("webhook: a secret is empty")
		}
	}
	if o.Window <= 0 {
		o.Window = defaultWindow
	}
	if o.MaxBody <= 0 {
		o.MaxBody = defaultMaxBody
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.MeterProvider == nil {
		o.MeterProvider = otel.GetMeterProvider()
	}
	recorded, err := lru.New[string, struct{}](remembered)
	if err != nil {
		return nil, err
	}
	messages, err := o.MeterProvider.Meter("tiffin/platform/gateway/webhook").Int64Counter("tiffin.gateway.webhooks",
		metric.WithDescription("Webhooks that arrived, by what became of them."))
	if err != nil {
		return nil, err
	}
	return &handler{o: o, recorded: recorded, messages: messages}, nil
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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
	problem.From(err).Write(w, traceID)
}

// take says what became of a message, and the problem to answer with.
func (h *handler) take(w http.ResponseWriter, r *http.Request) (string, error) {
	if r.Method != http.MethodPost {
		return "refused", problem.New(problem.Invalid, "METHOD_NOT_ALLOWED", "webhooks are posted")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.o.MaxBody))
	if err != nil {
		return "refused", problem.New(problem.Invalid, "BODY_NOT_READABLE", "the body is cut off, or longer than %d bytes", h.o.MaxBody)
	}
	id, err := verify(r.Header, h.o.Secrets, h.o.Now(), h.o.Window, body)
	if err != nil {
		return "refused", problem.New(problem.Unauthenticated, "NOT_SIGNED", "%s", err)
	}
	if h.recorded.Contains(id) {
		return "repeated", nil
	}
	if err := h.o.Record(r.Context(), body); err != nil {
		return "not recorded", err
	}
	h.recorded.Add(id, struct{}{})
	return "recorded", nil
}
