// Package identity says who is calling: a Caller with grants, carried in the context from the edge to the handler.
// It owns tokens (signing, checking, forwarding over gRPC) and the demo personas of local mode; handlers own the decision
// whether this caller may touch this record, and ask for the Caller explicitly.
// It does not keep people's data, and local identity is for loopback only.
package identity
