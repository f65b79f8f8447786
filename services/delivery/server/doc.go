// Package server is deliveries over gRPC: who may send which command, and one adapter per command around its decision.
// It owns the delivery aggregate; callers own the connection and its interceptors (callers, command ids, validation of
// fields). It answers commands only, and does not promise that a reader has seen a change once it is accepted.
package server
