// Package problem is the one error type that callers are meant to see: a refusal, a bad request, a missing record.
// It owns the kinds, and the one mapping to gRPC (google.rpc.Status with details) and the one to HTTP (RFC 9457).
// Callers own the codes, which are part of their API; any other error is shown as "internal", and only logged in full.
package problem
