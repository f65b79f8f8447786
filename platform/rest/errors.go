package rest

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"tiffin/platform/problem"
)

// faults answers whatever goes wrong as a problem document.
type faults struct{ logger *slog.Logger }

func (f faults) request(ctx context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error) {
	if md, ok := runtime.ServerMetadataFromContext(ctx); ok {
		for key, header := range map[string]string{PositionKey: positionHeader, StaleKey: staleHeader} {
			for _, value := range md.HeaderMD.Get(key) {
				w.Header().Add(header, value)
			}
		}
	}
	w.Header().Del("Transfer-Encoding")
	var routed *runtime.HTTPStatusError
	if errors.As(err, &routed) {
		writeAs(ctx, w, routed.HTTPStatus, problem.New(problem.Invalid, "MALFORMED_PATH", "the path is not well formed"))
		return
	}
	f.shown(ctx, err).Write(w, traceID(r.Context()))
}

func (f faults) routing(ctx context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, code int) {
	switch code {
	case http.StatusNotFound:
		problem.Missing("NO_SUCH_PATH", "there is nothing at %s", r.URL.Path).Write(w, traceID(ctx))
	case http.StatusMethodNotAllowed:
		writeAs(ctx, w, code, problem.New(problem.Invalid, "METHOD_NOT_ALLOWED", "%s is not possible at %s", r.Method, r.URL.Path))
	default:
		writeAs(ctx, w, code, problem.New(problem.Invalid, "MALFORMED_PATH", "the path is not well formed"))
	}
}

// stream answers a stream that failed before its first message as any other request; later the error is an event.
func (f faults) stream(ctx context.Context, err error) *status.Status {
	p := f.shown(ctx, err)
	if a, ok := ctx.Value(answerKey{}).(*answer); ok && a.status == 0 {
		a.Header().Del("Transfer-Encoding")
		p.Write(a, traceID(ctx))
		a.closed = true
	}
	return p.GRPCStatus()
}

// shown logs what the server behind can't have logged: errors of the gateway itself.
func (f faults) shown(ctx context.Context, err error) *problem.Problem {
	p := problem.From(err)
	if code := status.Code(err); p.Kind == problem.Internal && code == codes.Unknown {
		f.logger.ErrorContext(ctx, "request failed at the gateway", "error", err)
	}
	return p
}

// writeAs answers with a status that no kind of problem has.
func writeAs(ctx context.Context, w http.ResponseWriter, code int, p *problem.Problem) {
	doc := p.Document(traceID(ctx))
	doc.Status, doc.Title = code, http.StatusText(code)
	body, err := json.Marshal(doc)
	if err != nil { // a struct of strings always encodes
		body = []byte(`{"status":500,"code":"INTERNAL"}`)
	}
	w.Header().Set("Content-Type", problem.ContentType)
	w.WriteHeader(code)
	_, _ = w.Write(body) // the client is gone: there is nobody left to tell
}

func traceID(ctx context.Context) string {
	if span := trace.SpanContextFromContext(ctx); span.HasTraceID() {
		return span.TraceID().String()
	}
	return ""
}
