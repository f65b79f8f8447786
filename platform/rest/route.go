package rest

import (
	"net/http"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
)

// routeKey isn't http.route: net/http's own mux, which knows but one path here, speaks of that.
const routeKey = attribute.Key("tiffin.route")

// routed tells spans and metrics which of the API's paths was asked for, ids left out.
func routed(next runtime.HandlerFunc) runtime.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request, params map[string]string) {
		if pattern, ok := runtime.HTTPPattern(r.Context()); ok {
			labeler, _ := otelhttp.LabelerFromContext(r.Context())
			labeler.Add(routeKey.String(strings.ReplaceAll(pattern.String(), "=*}", "}")))
		}
		next(w, r, params)
	}
}

// spanName is known once the request was routed.
func spanName(operation string, r *http.Request) string {
	labeler, _ := otelhttp.LabelerFromContext(r.Context())
	for _, label := range labeler.Get() {
		if label.Key == routeKey {
			return r.Method + " " + label.Value.AsString()
		}
	}
	return operation
}
