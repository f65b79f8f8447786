// Package server is payment over gRPC: who may send which command, and one adapter per command around its decision.
// It owns the payment aggregate; callers own the connection and its interceptors (callers, command ids, validation of
// fields). It asks no processor: the gateway does, and records here what came of it.
package server
