// Package rpc is how our processes speak gRPC to each other: one server with the same interceptors everywhere, one client.
// It owns panics, the mapping of errors, validation, reading the caller and the command from metadata and forwarding them;
// handlers own whether a caller may do something, and callers own deadlines. It does not retry, and it does not balance load.
package rpc
