package problem

import (
	"encoding/json"
	"net/http"
)

// ContentType is what RFC 9457 calls a problem document.
const ContentType = "application/problem+json"

var httpStatuses = map[Kind]int{
	Internal:        http.StatusInternalServerError,
	Invalid:         http.StatusBadRequest,
	Refused:         http.StatusConflict,
	NotFound:        http.StatusNotFound,
	Unauthenticated: http.StatusUnauthorized,
	Forbidden:       http.StatusForbidden,
	KeyReused:       http.StatusUnprocessableEntity,
	Contended:       http.StatusConflict,
	Unavailable:     http.StatusServiceUnavailable,
	Exhausted:       http.StatusTooManyRequests,
}

// Document is the body of an HTTP answer that reports a problem.
type Document struct {
	Type       string            `json:"type"`
	Title      string            `json:"title"`
	Status     int               `json:"status"`
	Code       string            `json:"code"`
	Detail     string            `json:"detail"`
	Violations []Violation       `json:"violations,omitempty"`
	Meta       map[string]string `json:"meta,omitempty"`
	TraceID    string            `json:"trace_id,omitempty"`
}

// Document shows the problem to an HTTP client; traceID may be empty.
func (p *Problem) Document(traceID string) Document {
	code := httpStatuses[p.Kind]
	return Document{
		Type: "about:blank", Title: http.StatusText(code), Status: code, Code: p.Code, Detail: p.Detail,
		Violations: p.Violations, Meta: p.Meta, TraceID: traceID,
	}
}

// Write answers an HTTP request with the problem. Headers that are set already are kept.
func (p *Problem) Write(w http.ResponseWriter, traceID string) {
	doc := p.Document(traceID)
	body, err := json.Marshal(doc)
	if err != nil { // a struct of strings always encodes
		body = []byte(`{"status":500,"code":"INTERNAL"}`)
	}
	w.Header().Set("Content-Type", ContentType)
	if p.Kind == Unavailable || p.Kind == Exhausted {
		w.Header().Set("Retry-After", "1")
	}
	if p.Kind == Unauthenticated {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(doc.Status)
	_, _ = w.Write(body) // the client is gone: there is nobody left to tell
}
