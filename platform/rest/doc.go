// Package rest is the HTTP face of a BFF: grpc-gateway with our headers, problems and live streams around it.
// It owns JSON, routing errors, idempotency keys, position headers, server-sent events and the OpenAPI document; the BFF
// owns the handlers behind the connection, and its main owns listening and the bearer tokens' verifier.
// A key that was used for another request is found on a best effort: the list of keys is bounded, and each replica's own.
package rest
