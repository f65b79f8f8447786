// Package server is the customer service over gRPC: who may send which command, and one adapter per command around its
// decision. It owns the customer aggregate, and has keys destroyed; callers own the connection and its interceptors (callers,
// command ids, validation of fields). It answers commands only, and does not carry an erasure out: it is told when.
package server
